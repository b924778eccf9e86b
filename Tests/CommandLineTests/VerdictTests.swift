import Foundation
import TestSupport
import Testing

@Suite("Verdicts and exit statuses")
struct VerdictTests {
  @Test(arguments: [
    (Sample.clean, Int32(0), "PASS", "32 secrets encrypted (live, history, residue); 1 low finding"),
    (.mixed, 1, "FAIL", "10 of 44 secrets and 28 old revisions are plaintext; 1 low finding"),
    (.rewritten, 1, "FAIL", "32 secrets encrypted, 38 old revisions are plaintext; 1 low finding"),
    (
      .tampered, 1, "FAIL",
      "4 of 34 secrets are plaintext, 10 can't be verified, copies of 1 can be read in free pages; 1 medium and 2 low findings"
    ),
  ])
  func `one snapshot`(sample: Sample, status: Int32, label: String, statement: String) async throws {
    let call = try await Call.atrest("verify", "--quiet", sample.path)
    #expect(call.status == status)
    #expect(call.errors == "")
    #expect(call.output == "\(label)  \(sample.path)  \(statement)\n")
    let full = try await Call.atrest("verify", sample.path)
    #expect(full.status == status)
    #expect(full.lines.first == call.lines.first)
    let terminal = try await Call.atrest(
      ["verify", sample.path], environment: ["NO_COLOR": "1"], on: Terminal(columns: 80))
    let wide = terminal.output.split(separator: "\r\n").filter { $0.count > 80 }
    // A command that can be pasted is not broken.
    #expect(wide.allSatisfy { $0.contains("  atrest verify --list-exposed ") })
    #expect(full.lines.contains { $0.hasPrefix("Next:  ") })
  }

  @Test func `of several, in the order given, the highest status wins`() async throws {
    let scratch = try Scratch()
    let random = try scratch.path("random", Data("no snapshot, ".utf8) + Data(repeating: 7, count: 100_000))
    let call = try await Call.atrest("verify", "-q", Sample.mixed.path, random, Sample.clean.path)
    #expect(call.status == 3)
    #expect(call.lines.map { $0.prefix { $0 != " " } } == ["FAIL", "ERROR", "PASS"])
    #expect(zip(call.lines, [Sample.mixed.path, random, Sample.clean.path]).allSatisfy { $0.contains("  \($1)  ") })
    #expect(try await Call.atrest("verify", "-q", Sample.mixed.path, Sample.clean.path).status == 1)
    #expect(try await Call.atrest("verify", "-q", Sample.clean.path, Sample.secretbox.path).status == 0)
  }

  @Test func `several reports end in a summary, one does not`() async throws {
    let several = try await Call.atrest("verify", Sample.mixed.path, Sample.clean.path, "missing.db")
    #expect(several.lines.suffix(2) == ["", "3 snapshots: 1 passed, 1 failed, 1 could not be verified"])
    let table = several.lines.suffix(6).prefix(4)
    #expect(table.map { $0.prefix { $0 != " " } } == ["verdict", "FAIL", "PASS", "ERROR"])
    #expect(table.dropFirst().first?.contains("10 of 44 secrets and 28 old revisions are plaintext") == true)
    #expect(several.lines.count { $0.hasPrefix("Next:  ") } == 3)
    #expect(try await !Call.atrest("verify", Sample.clean.path).output.contains("1 snapshot:"))
  }

  @Test(arguments: [
    (Sample.rotated, "critical", Int32(0)), (.rotated, "high", 0), (.rotated, "medium", 1), (.rotated, "low", 1),
    (.rotated, "never", 0), (.clean, "medium", 0), (.clean, "low", 1), (.rewritten, "critical", 0),
    (.rewritten, "high", 1), (.mixed, "critical", 1), (.mixed, "never", 0), (.secretbox, "low", 0),
  ])
  func `--fail-on`(sample: Sample, severity: String, status: Int32) async throws {
    #expect(try await Call.atrest("verify", "-q", "--fail-on", severity, sample.path).status == status)
  }

  @Test func `what --fail-on tolerates is still said`() async throws {
    let call = try await Call.atrest("verify", "-q", "--fail-on", "never", Sample.mixed.path)
    #expect(call.output.hasPrefix("PASS  \(Sample.mixed.path)  10 of 44 secrets and 28 old revisions are plaintext ("))
    #expect(call.output.contains("tolerated by --fail-on never"))
    let stale = try await Call.atrest("verify", "-q", "--fail-on", "medium", Sample.rotated.path)
    #expect(stale.output.contains("42 secrets encrypted, but 20 with an old key"))
  }

  @Test func `--fail-on never excuses no error`() async throws {
    #expect(try await Call.atrest("verify", "-q", "--fail-on", "never", "missing.db").status == 3)
  }

  @Test func `what can be read is listed by name, once for each object`() async throws {
    let call = try await Call.atrest("verify", "--list-exposed", Sample.mixed.path)
    let start = try #require(call.lines.firstIndex { $0.hasSuffix(" can be read from this file") })
    #expect(call.lines[start].wholeMatch(of: /\d+ Secrets in \d+ namespaces can be read from this file/) != nil)
    let count = try #require(Int(call.lines[start].prefix { $0.isNumber }))
    let block = call.lines[start...].prefix { !$0.isEmpty }
    #expect(block.count { $0.hasPrefix("    ") && !$0.hasPrefix("     ") } == count)
    let report = try await Call.atrest("verify", "--format", "json", Sample.mixed.path).json()
    let snapshot = try #require(report["snapshots"]?[0])
    #expect(snapshot["exposedTotals"]?["objects"] == JSONValue.number(Double(count)))
    let exposed = try #require(snapshot["exposed"]?.elements)
    #expect(exposed.count == count && Set(exposed.map { $0["key"] }).count == count)
  }
}
