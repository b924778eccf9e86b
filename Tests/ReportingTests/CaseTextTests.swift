import Testing
import VerificationModel

@testable import Reporting

@Suite("Texts about cases")
struct CaseTextTests {
  private let sample = CaseSample()

  private func first(_ report: CaseReport) -> String {
    report.text(isQuiet: true).split(separator: "\n")[0].description
  }

  @Test func `the first line has the answer`() throws {
    let list = try sample.list()
    #expect(
      first(CaseReport(of: sample.exposures(), list, at: "incident"))
        == "EXPOSED  incident  4 credentials to rotate (1 re-encrypted but never rotated), 2 of 3 snapshots to destroy")
    #expect(
      first(CaseReport(of: CaseExposures(), list, at: "incident"))
        == "CLEAR  incident  nothing in scope can be read from 3 snapshots")
    #expect(first(CaseReport(of: list, at: "incident")) == "CASE  incident  3 snapshots: 1 passed, 2 failed")
    #expect(
      first(CaseReport(of: sample.timeline(), list, at: "incident"))
        == "TIMELINE  incident  pay/db: 3 values, 2 of them in plaintext; in use, encrypted by aescbc key1")
    #expect(
      first(CaseReport(of: sample.keys(), list, at: "incident"))
        == "KEYS  incident  3 keys: kmsv2 db key id db0 writes, kmsv2 db key id db1 is needed by 2 values in use, "
        + "1 key may be retired")
    #expect(
      first(CaseReport(of: try sample.difference())).hasSuffix(
        "1 came, 1 went, 1 changed class, 1 changed key, 1 rewritten, 1 exposed elsewhere, 7 the same; these are "
          + "snapshots of two clusters"))
    #expect(
      first(CaseReport(of: try sample.additions(), passedOver: [], list, at: "incident"))
        == "ADDED  incident  2 snapshots taken in, 1 known already, 1 of them could not be read whole, 1 file could not "
        + "be taken in")
  }

  @Test func `nobody says that nothing was exposed where a snapshot was not read whole, or where there is none`() throws
  {
    let incomplete = try sample.list(isIncomplete: true)
    #expect(first(CaseReport(of: CaseExposures(), incomplete, at: "i")).hasPrefix("INCOMPLETE  i  "))
    #expect(CaseExposures().verdict(incomplete) == .error)
    #expect(sample.exposures().verdict(incomplete) == .error)
    let empty = CaseList(head: CaseSample.digest, acts: 1)
    #expect(first(CaseReport(of: CaseExposures(), empty, at: "i")) == "EMPTY  i  no snapshots: nothing was looked at")
    #expect(CaseExposures().verdict(empty) == .fail)
    #expect(CaseExposures().verdict(try sample.list()) == .pass)
    #expect(sample.exposures().verdict(try sample.list()) == .fail)
  }

  @Test func `what was re-encrypted and never rotated comes first`() throws {
    let text = CaseReport(of: sample.exposures(), try sample.list(), at: "incident").text()
    let hidden = try #require(text.firstRange(of: "re-encrypted but never rotated: the newest"))
    let plain = try #require(text.firstRange(of: "still in plaintext"))
    #expect(hidden.lowerBound < plain.lowerBound)
    #expect(text.contains("Snapshots to destroy (2)"))
    #expect(text.contains("atrest case add incident after.db"))
  }

  @Test func `a time is told no more exactly than it is known, and by what`() throws {
    let lines = CaseReport(of: try sample.list(), at: "incident").text(width: .max).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("1  2026-11-28            --taken-at ") })
    #expect(lines.contains { $0.contains("Z  name (k3s)  FAIL") })
    #expect(lines.contains { $0.hasPrefix("3  not known             nothing ") })
  }

  @Test func `texts fit a terminal`() throws {
    for (definition, report) in try CaseSample(name: "a-rather-long-name-of-an-object-in-this-cluster").reports() {
      let lines = report.text().split(separator: "\n").filter {
        !$0.contains("  atrest ") && !$0.contains("etcdctl snapshot save")
      }
      #expect(lines.allSatisfy { $0.count <= 80 }, "\(definition)\n\(lines.filter { $0.count > 80 })")
    }
  }

  @Test func `names chosen by an attacker reach no terminal and no document`() throws {
    for (definition, report) in try CaseSample(name: HostileNameTests.name, cluster: HostileNameTests.name).reports() {
      let texts = [
        report.text(), report.text(width: .max), try report.json(invocation: Sample.invocation, duration: .zero),
        try report.ndjson(invocation: Sample.invocation, duration: .zero),
      ]
      for text in texts { #expect(!text.unicodeScalars.contains(where: Self.isActive), "\(definition)") }
      #expect(report.text(isQuiet: true).count { $0 == "\n" } == 1)
    }
  }

  private static func isActive(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\n"
      && [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
  }
}
