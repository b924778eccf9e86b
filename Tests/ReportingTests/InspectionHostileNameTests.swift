import BoltFormat
import KubernetesStorage
import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("Names chosen by an attacker reach no terminal from an inspection")
struct InspectionHostileNameTests {
  private static let name = HostileNameTests.name

  /// Every member that can hold text from a file or a call holds the name.
  private static func inspection() throws -> Inspection {
    var inspection = try InspectionSample.whole(path: name)
    inspection.etcd?.version = name
    inspection.resources = [
      .init(resource: name, prefix: EtcdPrefix("/" + name), live: Sample.counts(plaintext: 1)),
      .init(resource: name, prefix: nil, kind: .otherKeys),
    ]
    inspection.encryption = [.init(provider: .kmsv2, name: name, keyID: name, live: 1, history: 1)]
    inspection.buckets = [.init(name: Array(name.utf8), nesting: 1, isInline: true)]
    inspection.errors = [VerificationError(code: name, message: name)]
    let escaped = name.unicodeScalars.map { scalar in
      scalar.value < 0x20 ? #"\u00"# + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
    }.joined()
    inspection.apiServers = [try InspectionSample.apiServer(name: escaped, flags: ["--etcd-prefix=" + escaped])]
    return inspection
  }

  /// Characters a terminal acts on, or that hide or reorder others.
  private func active(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      scalar != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
  }

  @Test func `in text`() throws {
    let text = InspectionText().render(try Self.inspection())
    #expect(active(in: text).isEmpty)
    #expect(text.contains("a%1B]0;title%07b%0A"))
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("PASS") || $0.hasPrefix(" PASS") })
    #expect(InspectionText(isQuiet: true).render(try Self.inspection()).count { $0 == "\n" } == 1)
  }

  @Test func `in JSON, once it is decoded too`() throws {
    let invocation = Invocation(
      toolVersion: Self.name, arguments: [Self.name], startedAt: Sample.invocation.startedAt)
    let text = try InspectionJSON.render([Self.inspection()], invocation: invocation, duration: .seconds(1))
    #expect(active(in: text).isEmpty)
    let strings = try JSONValue(parsing: text).allStrings
    #expect(strings.allSatisfy { active(in: $0).isEmpty && !$0.contains("\n") })
    #expect(strings.count { $0 == PrintableText(Self.name).description } >= 9)
  }
}
