import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("Exports of cases")
struct CaseExportTests {
  private func export(_ sample: CaseSample, _ format: CaseExport.Format) throws -> [Substring] {
    let export = CaseExport(try sample.list(), format)
    return (try export.head() + export.lines(of: sample.timeline())).split(whereSeparator: \.isNewline)
  }

  @Test func `NDJSON is as the schema says, and has what timeline tools ask for`() throws {
    let schema = try JSONSchema.ofCases()
    let lines = try export(CaseSample(), .ndjson).map { try JSONValue(parsing: String($0)) }
    #expect(
      lines.compactMap { $0["type"]?.string } == ["cluster"] + repeatElement("snapshot", count: 3)
        + repeatElement("value", count: 3))
    for line in lines {
      let type = line["type"]?.string ?? ""
      #expect(
        schema.violations(in: line, definition: "exported\(type.prefix(1).uppercased())\(type.dropFirst())") == [])
    }
    #expect(lines[4]["datetime"] == .string("2026-11-28T00:00:00Z"))
    #expect(lines[4]["timestamp_desc"] == .string("first snapshot with the value, told by option"))
    #expect(
      lines[4]["message"] == .string("secrets pay/db at revision 12: plaintext in live of snapshot 1 to 2"))
    #expect(lines[3]["datetime"] == nil)
  }

  @Test func `each line of CSV has all columns`() throws {
    let lines = try export(CaseSample(), .csv)
    #expect(lines.count == 1 + 3 + 4)
    // What is quoted stands between the odd quotation marks and the even ones.
    let commas = lines.map { line in
      line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset.isMultiple(of: 2) }
        .reduce(0) { $0 + $1.element.count { $0 == "," } }
    }
    #expect(commas.allSatisfy { $0 == 21 })
  }

  @Test(arguments: ["=1+1", "=\u{301}1", "+1", "-1", "@SUM(A1)", "a,\"b\"", "a'b"])
  func `no field is a formula, and none ends early`(name: String) {
    let line = CSVLine([name, "x"]).description
    #expect(line.hasSuffix(",x\r\n"))
    #expect(!"=+-@".unicodeScalars.contains(line.unicodeScalars.first ?? " "))
    if name.contains("\"") { #expect(line == "\"a,\"\"b\"\"\",x\r\n") }
  }

  @Test func `the log`() throws {
    let evidence = CaseAct.Evidence(path: "a.db", member: nil, digest: CaseSample.digest, bytes: 7)
    let log = [
      CaseAct(
        sequence: 1, digest: CaseSample.digest, time: 1_790_000_000, user: "root", host: "cp-1", release: "0.1.0",
        act: "init", arguments: ["case", "init"]),
      CaseAct(
        sequence: 2, digest: CaseSample.digest, time: 1_790_000_001, user: "root", host: "cp-1", release: "0.1.0",
        act: "add", arguments: ["case", "add"], evidence: evidence, outcome: .added(CaseSample().id(1))),
    ]
    let schema = try JSONSchema.ofCases()
    for line in try CaseExport.lines(of: log, .ndjson).split(separator: "\n") {
      #expect(schema.violations(in: try JSONValue(parsing: String(line)), definition: "act") == [])
    }
    #expect(try CaseExport.lines(of: log, .csv).contains("2026-09-21T14:13:20Z,entry of the log,root@cp-1: init,1,"))
  }
}
