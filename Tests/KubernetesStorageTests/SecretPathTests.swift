import Testing

@testable import KubernetesStorage

@Suite struct SecretPathTests {
  @Test(arguments: [
    ("/registry/secrets/team-a/db", "team-a", "db"),
    ("/registry/secrets/kube-system/a/b", "kube-system", "a/b"),
    ("/registry/secrets/secrets/secrets", "secrets", "secrets"),
    ("/registry/secrets/team-a/db/", "team-a", "db/"),
    ("/registry/secrets/team-a//db", "team-a", "/db"),
    ("/registry/secrets/db", nil, "db"),
    ("/registry/secrets/team-a/", nil, "team-a/"),
    ("/registry/secrets//db", nil, "/db"),
    ("/registry/secrets//", nil, "/"),
  ])
  func namespaceIsTheFirstSegmentAndNameTheRest(key: String, namespace: String?, name: String) throws {
    let bytes = Array(key.utf8)
    let path = try #require(self.path(bytes, "/registry".utf8.count))
    #expect(path.namespace.map { String(decoding: bytes[$0], as: UTF8.self) } == namespace)
    #expect(String(decoding: bytes[path.name], as: UTF8.self) == name)
  }

  @Test(arguments: [
    "", "/", "/registry", "/registry/", "/registry/secrets", "/registry/secrets/", "/registry/secretsx/ns/n",
    "/registry/secrets.acme.io/sealedthings/ns/n", "/registry/pods/secrets/p", "/registry/configmaps/ns/n",
    "/registry/Secrets/ns/n",
  ])
  func otherKeysHaveNoPath(key: String) {
    #expect(path(Array(key.utf8), "/registry".utf8.count) == nil)
  }

  @Test func rootPrefixHasNoBytes() {
    let expected = path(Array("/secrets/ns/n".utf8), 0)
    #expect(expected?.namespace == 9..<11)
    #expect(expected?.name == 12..<13)
  }

  @Test(arguments: [Int.min, -1, 1, 8, 10, 27, 28, 1000, Int.max])
  func prefixOfAnotherLengthIsRefused(prefixBytes: Int) {
    #expect(path(Array("/registry/secrets/team-a/db".utf8), prefixBytes) == nil)
  }

  @Test func namesNeedNotBeText() {
    let key = Array("/registry/secrets/".utf8) + [0xFF, 0x00, 0x2F, 0xC0]
    #expect(path(key, 9)?.namespace == 18..<20)
    #expect(path(key, 9)?.name == 21..<22)
  }

  @Test func longKeysAreReadInFull() {
    let name = [UInt8](repeating: 0x61, count: 3_000_000)
    let key = Array("/registry/secrets/".utf8) + name
    #expect(path(key, 9)?.name == 18..<key.count)
    #expect(path(key + [0x2F, 0x62], 9)?.namespace == 18..<key.count)
  }

  @Test(arguments: 0..<24)
  func prefixIsFoundAtAnyOffset(length: Int) {
    let key = [UInt8](repeating: 0x73, count: length) + Array("/secrets/n".utf8)
    #expect(prefixBytes(key) == length)
    #expect(prefixBytes(key, from: length) == length)
    #expect(prefixBytes(key, from: length + 1) == nil)
    #expect(prefixBytes(key, through: length) == length)
    #expect(prefixBytes(key, through: length - 1) == nil)
    #expect(prefixBytes(Array(key.dropLast())) == nil)
  }

  @Test(arguments: [
    "/secrets/secrets/secrets/n", "/a/secrets/b/secrets/", "//secrets///secrets/x", "/secretssecrets/n",
  ])
  func everyPrefixWithAPathIsFound(text: String) {
    let key = Array(text.utf8)
    let expected = (0...key.count).filter { path(key, $0) != nil }
    var found: [Int] = []
    while let next = prefixBytes(key, from: (found.last ?? -1) + 1) { found.append(next) }
    #expect(found == expected)
  }

  private func path(_ key: [UInt8], _ prefixBytes: Int) -> SecretPath? {
    unsafe SecretPath(key: key.span.bytes, prefixBytes: prefixBytes)
  }

  private func prefixBytes(_ key: [UInt8], from shortest: Int = 0, through longest: Int = 512) -> Int? {
    unsafe SecretPath.prefixBytes(of: key.span.bytes, from: shortest, through: longest)
  }
}
