import Testing
import VerificationModel

@testable import Reporting

@Suite("The report as JUnit XML")
struct JUnitReportTests {
  private func suites(_ snapshots: [SnapshotReport], _ policy: Policy = Policy()) throws -> ParsedXML.Element {
    let root = try ParsedXML.root(of: JUnitReport().text(snapshots, policy))
    #expect(root.name == "testsuites")
    for element in [root] + root.children {
      let cases = element.all("testcase")
      #expect(element.attributes["tests"] == "\(cases.count)")
      #expect(element.attributes["failures"] == "\(element.all("failure").count)")
      #expect(element.attributes["errors"] == "\(element.all("error").count)")
      if element !== root { #expect(element.attributes["skipped"] == "\(element.all("skipped").count)") }
    }
    return root
  }

  @Test func `a case for the file, and one for each resource and layer`() throws {
    let root = try suites([Sample.mixed])
    #expect(root.attributes["time"] == "1.500")
    let cases = root.all("testcase")
    #expect(
      cases.map { $0.attributes["name"] } == [
        "backup.db: file: a whole snapshot of etcd", "backup.db: secrets, live: encrypted at rest",
        "backup.db: secrets, history: encrypted at rest", "backup.db: secrets, residue: encrypted at rest",
      ])
    #expect(cases.allSatisfy { $0.attributes["time"] == "0" })
    #expect(cases[0].all("failure").isEmpty)
    #expect(cases[0].all("system-out").first?.text.contains("trailing-data") == true)
    let failure = try #require(cases[1].all("failure").first)
    #expect(failure.attributes["type"] == "plaintext-live")
    #expect(failure.text.contains("CRITICAL plaintext-live  secrets, default/db, live, revision 42, page 7"))
    #expect(failure.text.split(separator: "\n").count == 3)
    #expect(cases[3].all("skipped").first?.attributes["message"] == "not examined")
  }

  @Test func `what could not be read is an error, and what was not found there proves nothing`() throws {
    let root = try suites([Sample.damaged, Sample.unreadable(VerificationError(code: "x", message: "gone"))])
    let cases = root.children[0].all("testcase")
    let error = try #require(cases[0].all("error").first)
    #expect(error.attributes["type"] == "hash-mismatch")
    #expect(error.text.contains("key-order") && error.text.contains("3 more errors"))
    #expect(cases.dropFirst().allSatisfy { $0.all("skipped").count == 1 })
    #expect(root.children[1].all("testcase").count == 1)
    #expect(root.children[1].all("error").first?.text == "x  gone")
  }

  @Test func `findings below the severity that fails, and waived ones, fail nothing`() throws {
    let lenient = try suites([Sample.mixed], Policy(failOn: nil))
    #expect(lenient.all("failure").isEmpty)
    #expect(lenient.all("system-out").first { $0.text.contains("plaintext-live") }?.text.hasPrefix("Below") == true)
    var snapshot = Sample.snapshot(.pass, live: Sample.counts(plaintext: 1, encrypted: 3))
    snapshot = snapshot.waiving([Sample.plaintextFinding(.plaintextLive).waived()])
    let live = try suites([snapshot]).all("testcase")[1]
    #expect(live.all("skipped").first?.attributes["message"] == "1 finding waived")
    #expect(live.all("system-out").first?.text.contains("waived: moves in May; accepted by ciso@example.com") == true)
  }

  @Test func `findings whose details were not kept fail what they may be about`() throws {
    var snapshot = Sample.mixed
    snapshot.findings = []
    snapshot.layerCounts = [.live: [.plaintextLive: 2, .malformedEnvelope: 1], .history: [.plaintextHistory: 3]]
    snapshot.severities = [.plaintextLive: .critical, .malformedEnvelope: .high, .plaintextHistory: .high]
    let cases = try suites([snapshot]).all("testcase")
    #expect(cases[1].all("failure").first?.text == "3 more findings, not listed here")
    #expect(cases[2].all("failure").first?.attributes["message"] == "3 findings")
    #expect(cases[0].all("failure").isEmpty)
  }

  @Test func `a long list is cut`() throws {
    var snapshot = Sample.mixed
    snapshot.findings = Array(repeating: Sample.plaintextFinding(.plaintextLive), count: 250)
    snapshot.findingCounts = [.plaintextLive: 250]
    let text = try #require(try suites([snapshot]).all("failure").first?.text)
    #expect(text.split(separator: "\n").count == FindingSample.capacity + 1)
    #expect(text.hasSuffix("150 more findings, not listed here"))
  }

  @Test(arguments: Sample.hostileNames)
  func `a hostile name is text and nothing else`(name: String) throws {
    let text = try JUnitReport().text([Sample.hostileSnapshot(name), Sample.mixed])
    let root = try ParsedXML.root(of: text)
    #expect(root.all("testcase").count == 8)
    let elements: Set<String> = ["testsuite", "testcase", "failure", "error", "skipped", "system-out"]
    #expect(Set(text.matches(of: /<\/?([a-z-]+)/).map { String($0.1) }).subtracting(elements) == ["testsuites"])
    #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    #expect(!text.unicodeScalars.contains { ["\u{FFFE}", "\u{FFFF}"].contains($0) })
    #expect(text.utf8.count < 200_000)
  }
}
