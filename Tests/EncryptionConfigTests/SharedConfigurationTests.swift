import EncryptionConfig
import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite struct SharedConfigurationTests {
  @Test(arguments: SnapshotFixture.all)
  func realConfigurationIsReadAndLinted(fixture: SnapshotFixture) throws {
    let file = fixture.directory.appending(path: "encryption-config.yaml")
    guard let data = try? Data(contentsOf: file) else { return }
    var text = [UInt8](data)
    if data.starts(with: Data("# the kube-apiserver ran without".utf8)) {
      let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(wiping: &text) }
      #expect(refusal?.errors.map(\.code) == [.empty])
      return
    }
    let configuration = try EncryptionConfiguration(wiping: &text, for: .allowingKMSv1)
    let rules = configuration.lint().map(\.rule)
    let isIdentityFirst = fixture.description.contains("identity-first")
    #expect((rules.first == .identityFirst) == isIdentityFirst)
    #expect(!rules.contains(.notCovered) && !rules.contains(.unknownResource))
    #expect((configuration.resolution(of: .secrets).writeKey == nil) == isIdentityFirst)
    #expect(configuration.scope.contains(.resource(.secrets)))
  }

  @Test func realConfigurationOfManyResourcesIsResolved() throws {
    let configuration = try EncryptionConfiguration(
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
        - resources:
            - secrets
          providers:
            - aescbc:
                keys:
                  - name: key1
                    secret: \(SampleKey.a)
            - identity: {}
        - resources:
            - events
          providers:
            - identity: {}
        - resources:
            - "*.apps"
          providers:
            - secretbox:
                keys:
                  - name: apps
                    secret: \(SampleKey.b)
            - identity: {}
        - resources:
            - "*.*"
          providers:
            - kms:
                apiVersion: v2
                name: lab-kms
                endpoint: unix:///var/run/kms/provider.sock
                timeout: 3s
            - identity: {}
      """)
    #expect(configuration.exemptions == [.resource(GroupResource("events"))])
    #expect(
      configuration.resolution(of: GroupResource("widgets", group: "lab.example.com")).writeKey
        == KeyReference(provider: .kmsv2, name: "lab-kms"))
    #expect(configuration.lint().map(\.rule) == [.weakCipher, .localKey, .localKey])
  }
}
