import EncryptionConfig
import Foundation
import TestSupport
import Testing

@Suite("Names of keys as reports show them")
struct KeyLabelTests {
  @Test(
    "Names and ids in use are shown",
    arguments: [
      "", "key1", "k-abcde", "kek-2026-01", "aescbckey-2026-04-16T12:29:38-07:00", "team:prod", "schlüssel", "鍵-1",
      "secretboxkey-2024-01-01T00:00:00Z",
      "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "projects/my-project-1/locations/global/keyRings/ring1/cryptoKeys/etcdKey/cryptoKeyVersions/1",
      "https://myvault.vault.azure.net/keys/etcdKey/0123456789abcdef0123456789abcdef",
      "123e4567-e89b-12d3-a456-426614174000",
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "MyVeryLongPluginNameForProduction",
      "projects/a/keys/b", "ocid1.key.oc1.iad.bbpnlxrhaaeug.abuwcljr3kxuzdmzdxkb", "vault?mount=transit&key=etcd",
    ])
  func shown(name: String) {
    #expect(KeyLabel(name).description == name)
  }

  @Test(
    "What may be a key, a Secret or another value is not",
    arguments: [
      "Q09ORklHS0VZQllURVMwMTIzNDU2Nzg5YWJjZGVmZ2g=", #"{"kind":"Secret","data":{"password":"c2VjcmV0"}}"#,
      "kind: Secret", "password = hunter2", "-----BEGIN PRIVATE KEY-----", "a\nb", "\u{1B}[2J", "<script>",
      "k8s\0\n\u{0C}\n\u{02}v1\u{12}\u{06}Secret", String(repeating: "k", count: 513),
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZG1pbiJ9", "x:Q09ORklHS0VZQllURVMwMTIzNDU2Nzg5YWJjZGVmZ2g=",
    ])
  func hidden(name: String) {
    let label = KeyLabel(name).description
    #expect(label.hasPrefix("sha256:"))
    #expect(KeyLabel.isDigest(label))
    #expect(KeyLabel(label).description == label, "a label's label is the same")
    #expect(label != KeyLabel(name + "x").description)
  }

  @Test("Digits that stand for text are not shown, nor more than a digest has")
  func hexadecimal() {
    func digits(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
    let json = digits(StoredSecret.json)
    let tooLong = digits(StoredSecret.plaintext())
    let short = digits(Array("hunter22".utf8))
    for text in [json, json.uppercased(), "0x\(short)", "\(short)0", "0\(short)", "kek:\(short)", tooLong] {
      #expect(KeyLabel.isDigest(KeyLabel(text).description), "\(text)")
    }
    var random = SeededGenerator(seed: 52)
    for count in [4, 7, 20, 32, 64] {
      let text = digits([0xFF] + random.bytes(count - 1))
      #expect(KeyLabel(text).description == text)
    }
  }

  @Test("Random keys in base64 are not shown, whatever their length")
  func randomKeys() {
    var random = SeededGenerator(seed: 51)
    for count in [16, 24, 32] {
      for _ in 0..<500 {
        let text = Data(random.bytes(count)).base64EncodedString()
        #expect(KeyLabel.isDigest(KeyLabel(text).description), "\(text)")
      }
    }
  }

  @Test("Bytes that are no UTF-8 are not shown, and keep apart")
  func otherBytes() {
    let labels = [[0xFF], [0xFE], [0x61, 0xC0]].map { KeyLabel(bytes: $0).description }
    #expect(Set(labels).count == 3)
    #expect(labels.allSatisfy { KeyLabel.isDigest($0) })
  }

  @Test("The digest is the SHA-256 of the text")
  func digest() throws {
    let bytes = Array("two words".utf8)
    let digest = try sha256sum(bytes).map { String(format: "%02x", $0) }.joined()
    #expect(KeyLabel("two words").description == "sha256:\(digest)")
  }

  @Test("A configuration and a snapshot that name the same hidden key name the same")
  func references() {
    let key = "Q09ORklHS0VZQllURVMwMTIzNDU2Nzg5YWJjZGVmZ2g="
    let reference = KeyReference(provider: .aescbc, name: key)
    #expect(reference == KeyReference(provider: .aescbc, name: KeyLabel(bytes: Array(key.utf8)).description))
    #expect(!reference.name.contains("Q09"))
  }
}
