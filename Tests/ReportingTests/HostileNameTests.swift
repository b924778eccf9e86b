import EtcdStorage
import TestSupport
import Testing
import VerificationModel

@testable import KubernetesStorage
@testable import Reporting

@Suite("Names chosen by an attacker reach no terminal")
struct HostileNameTests {
  static let name =
    "a\u{1B}]0;title\u{07}b\n PASS\r\u{7F}\u{85}\u{9B}\u{202E}c\u{2066}\u{2028}\u{200B}\u{FEFF}d\u{061C}"

  /// Every member that can hold text from a file or a call holds the name.
  static var report: Report {
    let name = Self.name
    var snapshot = SnapshotReport(path: name, file: .init(bytes: 1, hash: .skipped), verdict: .error)
    snapshot.bolt = Sample.mixed.bolt
    snapshot.etcd = Sample.mixed.etcd
    snapshot.etcd?.version = name
    snapshot.prefixes = [EtcdPrefix("/" + name)]
    snapshot.resources = [
      .init(resource: name, prefix: EtcdPrefix("/" + name), live: Sample.counts(plaintext: 1))
    ]
    snapshot.encryption = [.init(provider: .kmsv2, name: name, keyID: name, live: 1, history: 1)]
    snapshot.errors = [VerificationError(code: name, message: name)]
    let outline = SecretOutline(type: name, data: [.init(name: name, bytes: 1)], isCut: false)
    var finding = Finding(.plaintextLive, name)
    finding.resource = name
    finding.provider = name
    finding.keyName = name
    finding.keyID = name
    finding.reason = name
    finding.subject = Finding.Subject(
      revision: Revision(main: 2, sub: 0), valueBytes: 1,
      names: .init(key: EtcdKey(bytes: Array(name.utf8)), namespace: name, name: name, secret: outline))
    snapshot.findings = [finding, Finding(.weakProvider, name)]
    snapshot.findingCounts = [.plaintextLive: 1, .weakProvider: 1]
    return Report(policy: Policy.rows(), snapshots: [snapshot])
  }

  private static let invocation = Invocation(
    toolVersion: name, arguments: [name], startedAt: Sample.invocation.startedAt)

  /// Characters a terminal acts on, or that hide or reorder others.
  private func active(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      scalar != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
  }

  @Test func `in text`() {
    let text = TextReport().render(Self.report)
    #expect(active(in: text).isEmpty)
    #expect(text.contains("a%1B]0;title%07b%0A"))
    #expect(text.contains("PASS%0D%7F%C2%85%C2%9B%E2%80%AEc"))
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("PASS") || $0.hasPrefix(" PASS") })
    #expect(TextReport(isQuiet: true).render(Self.report).count { $0 == "\n" } == 1)
  }

  @Test func `in JSON, once it is decoded too`() throws {
    let text = try JSONReport.render(Self.report, invocation: Self.invocation, duration: .seconds(1))
    #expect(active(in: text).isEmpty)
    let strings = try JSONValue(parsing: text).allStrings
    #expect(strings.allSatisfy { active(in: $0).isEmpty && !$0.contains("\n") })
    #expect(strings.count { $0 == PrintableText(Self.name).description } == 21)
  }

  @Test func `in NDJSON, a line stays a line`() throws {
    let text = try NDJSONReport.render(Self.report, invocation: Self.invocation, duration: .seconds(1))
    let lines = text.split(separator: "\n")
    #expect(lines.count == 5)
    for line in lines {
      let strings = try JSONValue(parsing: String(line)).allStrings
      #expect(strings.allSatisfy { active(in: $0).isEmpty && !$0.contains("\n") })
    }
  }
}
