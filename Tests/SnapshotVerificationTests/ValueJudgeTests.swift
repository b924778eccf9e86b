import Cryptography
import EtcdStorage
import KubernetesStorage
import TestSupport
import Testing

@testable import ValueAuthentication
@testable import VerificationModel

/// Values that are judged one by one.
enum Judging {
  static func secret(_ bytes: [UInt8]) -> SecretBytes {
    var bytes = bytes
    return SecretBytes(wiping: &bytes)
  }

  static func seeds(_ entries: [(name: [UInt8], secret: [UInt8])]) throws -> DEKSeeds {
    let hex = { (bytes: [UInt8]) in
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    var text = entries.flatMap { Array("\(hex($0.name)) = \(hex($0.secret))\n".utf8) }
    return try DEKSeeds(wiping: &text)
  }

  /// What is told of an object of `ring` that names `key`.
  static func named(_ key: String, _ ring: KeyRing) -> Judgement.Origin {
    .named(ring.digests.digest(of: Array(key.utf8).rawSpan))
  }

  /// What `ring` tells of the value at `key`.
  static func judge(_ value: [UInt8], at key: String, _ ring: KeyRing, prefix: String = "/registry") -> Judgement? {
    let judge = ValueJudge(ring)
    return withValue(value, at: key, prefix: prefix) { judge.judge($0) }
  }

  /// Hands the value at `key` to `body`; nil when it is not encrypted.
  static func withValue<Result>(
    _ value: [UInt8], at key: String, prefix: String = "/registry", _ body: (EncryptedValue) -> Result
  ) -> Result? {
    let key = Array(key.utf8)
    let tree = StorageTree(below: EtcdPrefix(prefix))
    guard let envelope = unsafe Classification(of: value.span.bytes).envelope,
      let path = unsafe ResourcePath(key: key.span.bytes, prefixBytes: prefix.utf8.count, tree: tree)
    else { return nil }
    return unsafe body(
      EncryptedValue(
        key: key.span.bytes, path, prefixBytes: prefix.utf8.count, value: value.span.bytes, envelope))
  }
}

@Suite("Judging values with keys")
struct ValueJudgeTests {
  private static let key = [UInt8](1...32)
  private static let nonce = [UInt8](100..<124)
  private static let path = "/registry/secrets/default/db"
  private static let object = StoredSecret.plaintext(namespace: "default", name: "db")

  private static func ring(_ keys: [(Provider, String, [UInt8])], strippedPrefix: String = "") -> KeyRing {
    KeyRing(
      keys: keys.map { KeyRing.Key(provider: $0.0, name: $0.1, secret: Judging.secret($0.2)) },
      strippedPrefix: Array(strippedPrefix.utf8))
  }

  private static let local: [Provider] = [.aescbc, .aesgcm, .secretbox]
  private static let everyKey = ring(local.map { ($0, "key1", key) })

  private static func seal(
    _ provider: Provider, _ plaintext: [UInt8] = object, name: String = "key1", key: [UInt8] = key,
    at path: String = path
  ) -> [UInt8] {
    let body: [UInt8] =
      switch provider {
      case .aescbc: Sealing.cbc(plaintext, key: key, iv: Array(nonce.prefix(16)))
      case .aesgcm:
        Sealing.gcm(plaintext, key: key, nonce: Array(nonce.prefix(12)), authenticating: Array(path.utf8))
      case .secretbox: Sealing.secretbox(plaintext, key: key, nonce: nonce)
      case .kmsv1, .kmsv2: []
      }
    return Array("\(provider.storedPrefix)\(name):".utf8) + body
  }

  // MARK: Vectors

  /// A ring with the keys that a vector states.
  private static func ring(of vector: EnvelopeVector) throws -> KeyRing {
    if let key = vector.keyHex {
      let provider = try #require(Provider.allCases.first { vector.stored.starts(with: "\($0.storedPrefix)".utf8) })
      return ring([(provider, vector.keyName ?? "key1", [UInt8](hex: key))])
    }
    let secret = [UInt8](hex: try #require(vector.dekHex ?? vector.seedHex))
    let name = vector.encryptedDekHex ?? vector.encryptedDekSourceHex
    let keyID = vector.keyId ?? EnvelopeVector.positive.first { $0.id == "kmsv2-seed" }?.keyId
    return KeyRing(
      keys: [], seeds: try Judging.seeds([(name.map { [UInt8](hex: $0) } ?? Array((keyID ?? "").utf8), secret)]))
  }

  private static let encrypted = EnvelopeVector.positive.filter { $0.classification == "encrypted" }

  @Test("Vectors are authentic under their own keys, the one without an object apart", arguments: encrypted)
  func positive(_ vector: EnvelopeVector) throws {
    let slash = try #require(vector.etcdKey.dropFirst().firstIndex(of: "/"))
    let judgement = Judging.judge(
      vector.stored, at: vector.etcdKey, try Self.ring(of: vector), prefix: String(vector.etcdKey[..<slash]))
    #expect(judgement?.authenticity == .authentic)
    let nameEnd = try #require(judgement?.nameEnd)
    #expect(String(decoding: vector.stored[..<nameEnd], as: UTF8.self).hasSuffix(":\(vector.name ?? "")"))
  }

  @Test("Vectors are not judged without their key", arguments: encrypted)
  func noKey(_ vector: EnvelopeVector) {
    let other = Self.ring(Self.local.map { ($0, "another", Self.key) })
    #expect(Judging.judge(vector.stored, at: "/registry/secrets/default/db-creds", other)?.authenticity == .notJudged)
  }

  @Test(
    "Moved and altered vectors are told from one another",
    arguments: ["moved-aesgcm", "moved-kmsv2", "moved-aescbc", "moved-secretbox", "aesgcm-bitflip"])
  func negative(id: String) throws {
    let vector = try #require(EnvelopeVector.negative.first { $0.id == id })
    let ring = try Self.ring(of: vector)
    let judgement = Judging.judge(vector.stored, at: vector.etcdKey, ring)
    if id == "aesgcm-bitflip" {
      #expect(judgement?.authenticity == .unplaced)
      #expect(judgement?.origin == nil)
    } else {
      #expect(judgement?.authenticity == .moved)
      #expect(judgement?.origin == Judging.named("/registry/secrets/default/db-creds", ring))
    }
  }

  // MARK: Local keys

  @Test("Values of all local providers and lengths of keys are authentic", arguments: local, [16, 24, 32])
  func authentic(_ provider: Provider, _ keyBytes: Int) {
    guard provider != .secretbox || keyBytes == 32 else { return }
    let key = Array(Self.key.prefix(keyBytes))
    let judgement = Judging.judge(Self.seal(provider, key: key), at: Self.path, Self.ring([(provider, "key1", key)]))
    #expect(judgement?.authenticity == .authentic)
    #expect(judgement?.origin == nil)
  }

  @Test("With another key of the name nothing comes out", arguments: local)
  func wrongKey(_ provider: Provider) {
    let value = Self.seal(provider)
    let other = Self.ring([(provider, "key1", Self.key.reversed())])
    #expect(Judging.judge(value, at: Self.path, other)?.authenticity == .refused)
  }

  @Test("A key of a length that the provider has no use for opens nothing", arguments: local)
  func unusableKey(_ provider: Provider) {
    let value = Self.seal(provider)
    let short = Self.ring([(provider, "key1", [1, 2, 3])])
    #expect(Judging.judge(value, at: Self.path, short)?.authenticity == .refused)
  }

  @Test("Of several keys of one name each is tried", arguments: local)
  func sameName(_ provider: Provider) {
    let keys = [
      (provider, "key1", Array(Self.key.reversed())), (provider, "key1", Self.key), (provider, "key1", Self.nonce),
    ]
    #expect(Judging.judge(Self.seal(provider), at: Self.path, Self.ring(keys))?.authenticity == .authentic)
  }

  @Test("The key that opens decides where a name with colons ends", arguments: local)
  func colonNames(_ provider: Provider) {
    let names = ["key1", "key1:a", "key1:a:b", "aescbckey-2026-04-16T12:29:38-07:00"]
    for name in names {
      let keys = names.map { (provider, $0, $0 == name ? Self.key : Array(Self.key.reversed())) }
      let value = Self.seal(provider, name: name)
      let judgement = Judging.judge(value, at: Self.path, Self.ring(keys))
      #expect(judgement?.authenticity == .authentic, "\(name)")
      #expect(judgement?.nameEnd == "\(provider.storedPrefix)\(name)".utf8.count)
    }
  }

  @Test("Only the keys that read the resource are tried")
  func readers() {
    let value = Self.seal(.aesgcm)
    for keys in [[], [1], [0], [1, 0]] {
      let ring = KeyRing(
        keys: [Self.key, Self.key.reversed()].map {
          KeyRing.Key(provider: .aesgcm, name: "key1", secret: Judging.secret($0))
        },
        seeds: DEKSeeds(), strippedPrefix: []
      ) { $0 == .secrets ? keys : [0] }
      let expected: Authenticity = keys.contains(0) ? .authentic : keys.isEmpty ? .notJudged : .refused
      #expect(Judging.judge(value, at: Self.path, ring)?.authenticity == expected)
    }
  }

  // MARK: Altered values

  @Test("No altered bit is authentic where there is integrity", arguments: [Provider.aesgcm, .secretbox])
  func alteredBits(_ provider: Provider) throws {
    let value = Self.seal(provider)
    let judge = ValueJudge(Self.everyKey)
    for offset in "\(provider.storedPrefix)key1:".utf8.count..<value.count {
      var altered = value
      altered[offset] ^= 1
      let judgement = try #require(Judging.withValue(altered, at: Self.path) { judge.judge($0) })
      #expect([.refused, .altered, .unplaced].contains(judgement.authenticity), "byte \(offset)")
    }
  }

  @Test("Of CBC, altered padding, object and names show")
  func alteredBlocks() throws {
    let value = Self.seal(.aescbc)
    let judge = ValueJudge(Self.everyKey)
    let body = "\(Provider.aescbc.storedPrefix)key1:".utf8.count
    var found: [Authenticity] = []
    for offset in body..<value.count {
      var altered = value
      altered[offset] ^= 1
      let judgement = try #require(Judging.withValue(altered, at: Self.path) { judge.judge($0) })
      found.append(judgement.authenticity)
    }
    // The first four bytes of the IV make the object begin as none does.
    #expect(found.prefix(4).allSatisfy { $0 == .refused })
    // The last block but one holds the padding of the last one; and what garbles the last block garbles it.
    #expect(found.suffix(17).allSatisfy { $0 == .altered })
    #expect(found.filter { $0 == .authentic }.count < found.count / 4)
    #expect(!found.contains(.notAnObject))
  }

  @Test("A truncated value is refused, and shown to be altered where the key is", arguments: local)
  func truncations(_ provider: Provider) throws {
    let value = Self.seal(provider)
    let body = "\(provider.storedPrefix)key1:".utf8.count
    for count in (body + 48)..<value.count {
      guard let judgement = Judging.judge(Array(value.prefix(count)), at: Self.path, Self.everyKey) else { continue }
      switch provider {
      case .secretbox: #expect(judgement.authenticity == .refused)
      // Not whole blocks: no key could open it.
      case .aescbc where (count - body) % 16 != 0: #expect(judgement.authenticity == .notJudged)
      // The last two fields of an object's encoding are empty and may be missing.
      case .aesgcm where count >= value.count - 4: #expect(judgement.authenticity >= .altered)
      default: #expect(judgement.authenticity == .altered, "\(count) bytes")
      }
    }
  }

  @Test("What opens but is no object is told apart where there is integrity", arguments: local)
  func noObject(_ provider: Provider) {
    for content in [Array("hello".utf8), [], [UInt8](repeating: 0xAA, count: 100)] {
      let judgement = Judging.judge(Self.seal(provider, content), at: Self.path, Self.everyKey)
      // OpenSSL is given nothing to encrypt, which is no value of these providers.
      guard let judgement, !(provider == .aescbc && content.isEmpty) else { continue }
      #expect(judgement.authenticity == (provider == .aescbc ? .refused : .notAnObject))
    }
  }

  // MARK: Moved values

  @Test("A value that is bound to no key is found out by the object in it", arguments: [Provider.aescbc, .secretbox])
  func movedByName(_ provider: Provider) {
    for path in ["/registry/secrets/other/db", "/registry/secrets/default/other", "/registry/configmaps/default/db"] {
      let judgement = Judging.judge(Self.seal(provider), at: path, Self.everyKey)
      #expect(judgement?.authenticity == .moved)
      #expect(judgement?.origin == Judging.named(Self.path, Self.everyKey))
    }
  }

  @Test("A value that is bound to its key is found under the one that its object names, or below another prefix")
  func movedByPath() {
    let moved = Judging.judge(Self.seal(.aesgcm), at: "/registry/secrets/other/db2", Self.everyKey)
    #expect(moved?.authenticity == .moved)
    #expect(moved?.origin == Judging.named(Self.path, Self.everyKey))
    let restored = Judging.judge(Self.seal(.aesgcm), at: "/k0s/secrets/default/db", Self.everyKey, prefix: "/k0s")
    #expect(restored?.authenticity == .moved)
    #expect(restored?.origin == .key(EtcdKey(bytes: Array(Self.path.utf8))))
  }

  @Test("A gateway's prefix is taken off before the key is authenticated, if it is said; either way may be right")
  func strippedPrefix() throws {
    let gateway = Self.ring([(.aesgcm, "key1", Self.key)], strippedPrefix: "/tenants/blue")
    let path = "/tenants/blue/registry/secrets/default/db"
    let below = Self.seal(.aesgcm)
    let whole = Self.seal(.aesgcm, at: path)
    let judge = ValueJudge(gateway)
    for value in [below, whole, whole, below, below] {
      let judgement = Judging.withValue(value, at: path, prefix: "/tenants/blue/registry") { judge.judge($0) }
      #expect(judgement?.authenticity == .authentic)
    }
    #expect(Judging.judge(below, at: path, Self.everyKey, prefix: "/tenants/blue/registry")?.authenticity == .moved)
  }

  @Test("One judge judges value after value, and each thread may have its own")
  func reuse() {
    let judge = ValueJudge(Self.everyKey).forAnotherThread()
    let widget = Array(#"{"apiVersion":"a.io/v1","kind":"W","metadata":{"namespace":"n","name":"w"}}"#.utf8)
    let values = Self.local.flatMap {
      [($0, Self.object, Self.path), ($0, widget, "/registry/a.io/ws/n/w"), ($0, widget, "/registry/b.io/ws/n/w")]
    }
    for (provider, object, path) in values + values {
      let judgement = Judging.withValue(Self.seal(provider, object, at: path), at: path) { judge.judge($0) }
      #expect(judgement?.authenticity == (path.contains("b.io") ? .moved : .authentic))
    }
  }
}
