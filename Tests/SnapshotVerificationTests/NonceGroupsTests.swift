import EtcdStorage
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification

@Suite("Reuse of nonces")
struct NonceGroupsTests {
  private static let fingerprints = FingerprintMaker()

  private static func mark(_ stored: [UInt8]) -> NonceMark {
    guard let envelope = unsafe Classification(of: stored.span.bytes).envelope else { return .none }
    return unsafe NonceMark(of: stored.span.bytes, envelope, fingerprints: fingerprints)
  }

  private static func groups(_ values: [[UInt8]]) -> NonceGroups {
    let marks = values.map(mark)
    return NonceGroups(marks, count: marks.count) { marks[$0] }
  }

  /// A value of `provider` whose nonce and the rest of whose body follow from different seeds.
  private static func value(
    _ provider: StoredSecret.Provider, _ name: String = "key1", nonce: UInt64, seed: UInt64
  ) -> [UInt8] {
    var random = SeededGenerator(seed: nonce)
    let count = [.aescbc: 16, .aesgcm: 12, .secretbox: 24][provider] ?? 0
    return StoredSecret.sealed(provider, name, seed: seed, nonce: random.bytes(count))
  }

  @Test(
    "Two writes with one nonce under one key are found", arguments: [StoredSecret.Provider.aescbc, .aesgcm, .secretbox])
  func reuse(_ provider: StoredSecret.Provider) {
    let groups = Self.groups([
      Self.value(provider, nonce: 1, seed: 1), Self.value(provider, nonce: 2, seed: 2),
      Self.value(provider, nonce: 1, seed: 3), Self.value(provider, "key2", nonce: 1, seed: 4),
    ])
    #expect(groups.reused == [[0, 2]])
    #expect(groups.copied.isEmpty)
  }

  @Test(
    "A copy is no reuse; beside a write of its own nonce both count",
    arguments: [StoredSecret.Provider.aescbc, .aesgcm, .secretbox])
  func copies(_ provider: StoredSecret.Provider) {
    let first = Self.value(provider, nonce: 1, seed: 1)
    #expect(Self.groups([first, first]).copied == [[0, 1]])
    #expect(Self.groups([first, first]).reused.isEmpty)
    #expect(Self.groups([first, Self.value(provider, nonce: 1, seed: 2), first]).reused == [[0, 1, 2]])
  }

  @Test("Providers and names are kept apart")
  func keysApart() {
    let nonce = [UInt8](repeating: 0x55, count: 12)
    let values = [StoredSecret.Provider.aescbc, .aesgcm, .secretbox].flatMap { provider in
      ["a", "b", "ab"].map { StoredSecret.sealed(provider, $0, seed: 9, nonce: nonce) }
    }
    #expect(Self.groups(values).reused.isEmpty)
    #expect(Self.groups(values).copied.isEmpty)
  }

  @Test("A name with colons does not count as nonce, however long")
  func colonNames() {
    let name = "aescbckey:rotated:in:the:year:of:two"
    let values = (1...200 as ClosedRange<UInt64>).map { StoredSecret.sealed(.aesgcm, name, seed: $0) }
    #expect(Self.groups(values).reused.isEmpty)
    let reused = Self.groups(
      values + [Self.value(.aesgcm, name, nonce: 1007, seed: 500), Self.value(.aesgcm, name, nonce: 1007, seed: 501)])
    #expect(reused.reused == [[200, 201]])
    let tooMany = "a:b:c:d:e:f:g:h:i:j:k"
    #expect(Self.groups(values.indices.map { StoredSecret.sealed(.aesgcm, tooMany, seed: UInt64($0)) }).reused.isEmpty)
  }

  @Test("Values of one seed share none by chance, those of one nonce under one data key do")
  func plugins() throws {
    let vectors = ["kmsv1-gcm", "kmsv2-seed", "kmsv2-key"].compactMap { id in
      EnvelopeVector.positive.first { $0.id == id }?.stored
    }
    #expect(Self.groups(vectors).reused.isEmpty)
    // The last byte of the payload, and with it of the tag.
    let altered = try vectors.map { value in
      let envelope = try #require(unsafe Classification(of: value.span.bytes).envelope)
      let body = unsafe EnvelopeBody(of: value.span.bytes, body: envelope.body, provider: envelope.provider)
      var altered = value
      altered[try #require(body).seal.upperBound - 1] ^= 1
      return altered
    }
    #expect(Self.groups(vectors + altered).reused == [[0, 3], [1, 4], [2, 5]])
    #expect(Self.groups(vectors + vectors).copied == [[0, 3], [1, 4], [2, 5]])
  }

  @Test("A candidate takes no more memory than the bound on it says")
  func memory() {
    #expect(MemoryLayout<NonceMark>.size == 12)
    #expect(MemoryLayout<Candidate>.stride == 80)
  }

  @Test("Many rows are searched, and those without a nonce passed over")
  func manyRows() {
    var random = SeededGenerator(seed: 3)
    var marks = (0..<50_000).map { _ in NonceMark(nonce: random.next() | 1, seal: 1) }
    marks[7] = .none
    marks[9] = .none
    marks[49_999] = NonceMark(nonce: marks[3].nonce, seal: 2)
    marks[40_000] = marks[5]
    let groups = NonceGroups(marks, count: marks.count) { marks[$0] }
    #expect(groups.reused == [[3, 49_999]])
    #expect(groups.copied == [[5, 40_000]])
    #expect(NonceGroups([], count: 0) { _ in .none }.reused.isEmpty)
  }
}
