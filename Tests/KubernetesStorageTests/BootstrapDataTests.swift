import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Bootstrap data of K3s and RKE2")
struct BootstrapDataTests {
  private static func isPresent(_ key: String, _ value: [UInt8]) -> Bool {
    let key = Array(key.utf8)
    return unsafe BootstrapData.isPresent(key: key.span.bytes, value: value.span.bytes)
  }

  private static func isPresent(_ key: String, _ value: String) -> Bool { isPresent(key, Array(value.utf8)) }

  /// `<salt>:<base64>` of so many bytes.
  private static func sealed(_ count: Int, salt: String = "0123456789abcdef") -> String {
    var random = SeededGenerator(seed: 12)
    return "\(salt):\(Data(random.bytes(count)).base64EncodedString())"
  }

  @Test("A row is known by its key and its value", arguments: [28, 29, 30, 5000, 300_000])
  func present(_ count: Int) {
    #expect(Self.isPresent("/bootstrap/2b5e9c0a7d31", Self.sealed(count)))
    #expect(Self.isPresent("/bootstrap/a", Self.sealed(count, salt: "S")))
  }

  @Test(
    "Other keys are none",
    arguments: [
      "", "/bootstrap", "/bootstrap/", "/bootstrap/xyz", "/bootstrap/2b5e/9c0a", "/bootstrap/2b5e9c0a7d3g",
      "/registry/bootstrap/2b5e9c0a7d31", "bootstrap/2b5e9c0a7d31", "/bootstraps/2b5e",
    ])
  func otherKeys(_ key: String) {
    #expect(!Self.isPresent(key, Self.sealed(100)))
  }

  @Test(
    "Other values are none",
    arguments: [
      "", ":", "0123456789abcdef", "0123456789abcdef:", sealed(27), sealed(100, salt: ""), sealed(100, salt: "a b"),
      sealed(100, salt: String(repeating: "a", count: 65)), sealed(100) + "!", sealed(100) + ":x", "a:" + sealed(100),
      String(sealed(100).dropLast()), "k8s:enc:aescbc:v1:key1:x", "{\"kind\":\"x\"}",
    ])
  func otherValues(_ value: String) {
    #expect(!Self.isPresent("/bootstrap/2b5e9c0a7d31", value))
  }

  @Test("Random values are no trap")
  func randomValues() {
    var random = SeededGenerator(seed: 13)
    for count in 0..<500 { #expect(!Self.isPresent("/bootstrap/2b5e9c0a7d31", random.bytes(count))) }
  }
}
