import EncryptionConfig
import Foundation
import KubernetesStorage
import Testing

/// What lies around a configuration and behind it.
@Suite struct SourceTests {
  private static let configuration = EncryptionConfiguration.text(
    entries: "{resources: [secrets], providers: [\(SampleKey.aescbc("key1")), identity: {}]}")
  private static let wrong = configuration.replacing(SampleKey.a, with: "c2hvcnQ=")

  private static func indented(_ text: String, by count: Int) -> String {
    text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 + "\n" }.joined()
  }

  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  private static func json(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  /// A file, and what is said of it.
  struct Wrapped: Sendable, CustomTestStringConvertible {
    let form: ConfigurationWrapping.Form
    let kind: String?
    let path: String
    let line: Int
    let text: String
    var testDescription: String { "\(kind ?? "no kind") \(path)" }
  }

  private static func wrapped(_ configuration: String) throws -> [Wrapped] {
    [
      Wrapped(
        form: .text, kind: "ConfigMap", path: "data['encryption-config.yaml']", line: 7,
        text: """
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: encryption-config
          data:
            encryption-config.yaml: |
          \(indented(configuration, by: 4))
          """),
      Wrapped(
        form: .text, kind: "Secret", path: "stringData.config", line: 5,
        text: "apiVersion: v1\nkind: Secret\nstringData:\n  config: |-\n\(indented(configuration, by: 4))"),
      Wrapped(
        form: .base64, kind: "Secret", path: "data.encryption-config", line: 4,
        text: "apiVersion: v1\nkind: Secret\ndata:\n  encryption-config: \(base64(configuration))\n"),
      Wrapped(
        form: .base64, kind: "Secret", path: "items[1].data.encryption-config", line: 1,
        text: """
          {"kind": "List", "apiVersion": "v1", "items": [{"kind": "Secret", "data": {"a": "\(base64("other"))"}}, \
          {"kind": "Secret", "data": {"encryption-config": "\(base64(configuration))"}}]}
          """),
      Wrapped(
        form: .text, kind: ConfigurationWrapping.rkeState, path: "currentState.encryptionConfig", line: 3,
        text: """
          {"desiredState": {"rkeConfig": {}, "encryptionConfig": \(try json("kind: EncryptionConfiguration\nresources: []"))},
           "currentState": {"certificatesBundle": {},
           "encryptionConfig": \(try json(configuration))}}
          """),
      Wrapped(
        form: .text, kind: ConfigurationWrapping.rkeState,
        path: "data.full-cluster-state.currentState.encryptionConfig",
        line: 5,
        text: """
          kind: ConfigMap
          apiVersion: v1
          data:
            full-cluster-state: |
              {"currentState": {"encryptionConfig": \(try json(configuration))}}
          """),
      Wrapped(
        form: .mapping, kind: nil, path: "services.kube-api.secrets_encryption_config.custom_config", line: 5,
        text: """
          services:
            kube-api:
              secrets_encryption_config:
                custom_config:
          \(indented(configuration, by: 8))
          """),
      Wrapped(
        form: .text, kind: "KubeadmControlPlane", path: "spec.kubeadmConfigSpec.files[0].content", line: 6,
        text: """
          kind: KubeadmControlPlane
          spec:
            kubeadmConfigSpec:
              files:
              - content: |
          \(indented(configuration, by: 10))
          """),
      Wrapped(
        form: .mapping, kind: "KubeEtcdEncryptionConfig", path: "config", line: 4,
        text: """
          apiVersion: v1alpha1
          kind: KubeEtcdEncryptionConfig
          config:
          \(indented(configuration.replacing(EncryptionConfiguration.firstLines, with: ""), by: 4))
          """),
      Wrapped(
        form: .document, kind: "EncryptionConfiguration", path: "", line: 5,
        text: "kind: Namespace\nmetadata: {name: a}\n\n---\n\(configuration)"),
    ]
  }

  @Test func configurationIsReadInWhateverHoldsIt() throws {
    for file in try Self.wrapped(Self.configuration) {
      let configuration = try EncryptionConfiguration(file.text)
      let wrapping = try #require(configuration.wrapping, "\(file.testDescription)")
      #expect(wrapping.form == file.form, "\(file.testDescription)")
      #expect(wrapping.path == file.path)
      #expect(wrapping.line == file.line, "\(file.testDescription)")
      if file.form != .document { #expect(wrapping.kind == file.kind) }
      #expect(configuration.resolution(of: .secrets).writeKey == KeyReference(provider: .aescbc, name: "key1"))
      let findings = configuration.lint().filter { $0.rule == .wrapped }
      #expect(findings.map(\.place.line).first == file.line)
      #expect(configuration.hasOwnText == (file.form != .mapping && file.form != .document))
    }
  }

  /// The third line of the configuration is wrong, in which its only entry stands.
  @Test func errorsNameTheLineOfTheFile() throws {
    for file in try Self.wrapped(Self.wrong) {
      let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(file.text) }
      let error = try #require(refusal?.errors.first, "\(file.testDescription)")
      #expect(error.code == .secretLength && refusal?.errors.count == 1)
      #expect(error.place.path == "resources[0].providers[0].aescbc.keys[0].secret")
      #expect(refusal?.wrapping?.path == file.path)
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      if error.place.decodedLine == nil {
        #expect(lines[error.place.line - 1].contains("c2hvcnQ="), "\(file.testDescription)")
      } else {
        #expect(error.place.line == file.line)
        #expect(error.place.decodedLine == 4, "\(file.testDescription)")
        #expect(error.description.hasPrefix("line \(file.line) (line 4 once decoded), resources"))
      }
    }
  }

  @Test func digestIsThatOfTheTextInside() throws {
    let digest = try EncryptionConfiguration(Self.configuration).digest
    for file in try Self.wrapped(Self.configuration) where file.form == .base64 {
      #expect(try EncryptionConfiguration(file.text).digest == digest)
    }
  }

  @Test func textThatIsNoConfigurationIsReportedWhereItLies() throws {
    let text = "kind: ConfigMap\ndata:\n  a: |\n    kind: EncryptionConfiguration\n    resources:\n\t- providers: []\n"
    let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(text) }
    #expect(refusal?.errors.map(\.code) == [.notYAML])
    #expect(refusal?.errors.first?.place.line == 6)
  }

  @Test(arguments: [
    "kind: ConfigMap\ndata: {a: b}\n", "kind: Secret\ndata: {a: Yg==}\n", "kind: List\nitems: []\n",
    "apiVersion: v1\nkind: Config\nclusters: []\nusers: []\n", "kind: Pod\nspec: {}\n",
    "kind: SealedSecret\nspec: {encryptedData: {a: b}}\n", "kind: KubeletConfiguration\n",
    "machine: {type: controlplane}\ncluster: {secretboxEncryptionSecret: a}\n", "secrets-encryption: true\n",
    "sops: {version: 3}\n",
  ])
  func anotherDocumentIsCalledWhatItIs(text: String) throws {
    let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(text) }
    #expect(refusal?.errors.map(\.code) == [.unknownKind])
    let error = try #require(refusal?.errors.first)
    let line = text.split(separator: "\n").firstIndex { $0.hasPrefix("kind:") } ?? 0
    #expect(error.place.line == line + 1)
    #expect(!error.reason.contains("looks like a key"))
  }

  @Test func laterDocumentsAreIgnoredAndNamed() throws {
    let later = EncryptionConfiguration.text(entries: "{resources: [configmaps], providers: [identity: {}]}")
    let configuration = try EncryptionConfiguration(
      Self.configuration + "---\n# nothing\n---\n" + later + "---\nkind: Secret\n---\n\tno YAML")
    #expect(configuration.wrapping == nil && configuration.scope == [.resource(.secrets)])
    let findings = configuration.lint().filter { $0.rule == .ignoredDocument }
    #expect(findings.map(\.place.line) == [8, 13, 15])
    #expect(findings[0].message.hasSuffix("it names 'configmaps'") && findings[1].message.hasSuffix("kind is 'Secret'"))
    let empty = try EncryptionConfiguration("---\n" + Self.configuration + "---\n# nothing more\n...\n")
    #expect(empty.others == [])
  }

  @Test func furtherWrappedConfigurationsAreNamedAndOneThatIsRepeatedIsNot() throws {
    let other = Self.configuration.replacing("key1", with: "key2")
    func text(_ texts: String...) -> String {
      "kind: ConfigMap\nmetadata: {annotations: {a: \"\(Self.base64(Self.configuration))\"}}\ndata:\n"
        + texts.enumerated().map { "  c\($0): \(Self.base64($1))\n" }.joined()
    }
    let same = try EncryptionConfiguration(text(Self.configuration, Self.configuration))
    #expect(same.others == [] && same.wrapping?.path == "data.c0")
    let different = try EncryptionConfiguration(text(Self.configuration, other))
    #expect(different.others.map(\.place.path) == ["data.c1"] && different.others.map(\.resources) == [["secrets"]])
    #expect(different.lint().filter { $0.rule == .wrapped }.map(\.place.line) == [4, 5])
    try same.checkUniqueness()
    let refusal = #expect(throws: InvalidConfiguration.self) { try different.checkUniqueness() }
    #expect(refusal?.errors.map(\.code) == [.severalConfigurations] && refusal?.errors.first?.place.line == 5)
  }

  @Test func textBehindJSONIsRefused() {
    let json =
      #"{"apiVersion": "v1", "kind": "EncryptionConfig", "resources": [{"resources": ["secrets"],"#
      + "\n" + #""providers": [{"identity": {}}]}]}"#
    for (text, line) in [
      (json + "\n---\n" + json, 3), (json.replacing("{}}]", with: "{}},]"), 2), ("# comment\n" + json, nil),
      (json + "# comment", 2), (json.dropLast() + "", 2), (json.replacing("\"v1\"", with: "v1"), 1),
    ] as [(String, Int?)] {
      let error = (try? EncryptionConfiguration(text)) == nil
      #expect(error == (line != nil), "\(text)")
      guard let line else { continue }
      let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(text) }
      #expect(refusal?.errors.map(\.code) == [.notJSON])
      #expect(refusal?.errors.first?.place.line == line, "\(text)")
    }
  }
}
