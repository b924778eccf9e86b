import TestSupport
import Testing

@testable import EtcdStorage

@Suite("The newest row of every key")
struct KeyIndexTests {
  private static let makers = KeyDigest.Maker()

  /// One row: its revision, and whether it is a tombstone.
  private typealias Note = (main: Int64, sub: Int64, isTombstone: Bool)

  /// Three rows of one key, the newest last.
  private static let ascending: [Note] = [
    (2, 0, false), (2, 7, true), (3, 1, true), (3, 2, false), (9, 0, false), (9, 0, true), (.max, .max, false),
  ]

  @Test("Is the greatest in whatever order rows come", arguments: 0..<7, 0..<7)
  func order(first: Int, second: Int) {
    let digest = Self.makers.digest(of: "a")
    for third in Self.ascending.indices {
      var index = KeyIndex()
      for place in [first, second, third] {
        let row = Self.ascending[place]
        index.note(digest, Revision(main: row.main, sub: row.sub), isTombstone: row.isTombstone)
        // One by one and together come to the same.
        if first < second { index.settle() }
      }
      index.settle()
      let newest = Self.ascending[max(first, second, third)]
      #expect(index.count == 1)
      #expect(index.newest(of: digest)?.revision == Revision(main: newest.main, sub: newest.sub))
      #expect(index.newest(of: digest)?.isTombstone == newest.isTombstone)
      #expect(index.liveCount == (newest.isTombstone ? 0 : 1))
    }
  }

  @Test("An index of no rows knows no key")
  func empty() {
    let index = KeyIndex()
    #expect(index.count == 0 && index.liveCount == 0)
    #expect(index.newest(of: Self.makers.digest(of: "a")) == nil)
    #expect(index.newest(of: KeyDigest(high: 0, low: 0)) == nil)
  }

  @Test("Nothing is lost as the table grows", arguments: [1, 767, 768, 769, 1536, 20_000])
  func growth(count: Int) {
    var index = KeyIndex()
    for number in 0..<count {
      let digest = Self.makers.digest(of: "key-\(number)")
      index.note(digest, Revision(main: Int64(number), sub: 0), isTombstone: number % 3 == 0)
    }
    index.settle()
    #expect(index.count == count)
    #expect(index.liveCount == count - (count + 2) / 3)
    for number in 0..<count {
      let newest = index.newest(of: Self.makers.digest(of: "key-\(number)"))
      #expect(newest == KeyIndex.Newest(revision: Revision(main: Int64(number), sub: 0), isTombstone: number % 3 == 0))
    }
    #expect(index.newest(of: Self.makers.digest(of: "key-\(count)")) == nil)
  }

  @Test("Digests that fall into one place are told apart")
  func collisions() {
    var index = KeyIndex()
    let digests = (0..<2000).map { KeyDigest(high: $0, low: 0xFFFF) }
    for (number, digest) in digests.enumerated() {
      index.note(digest, Revision(main: Int64(number), sub: 0), isTombstone: false)
    }
    index.settle()
    #expect(index.count == 2000)
    for (number, digest) in digests.enumerated() {
      #expect(index.newest(of: digest)?.revision.main == Int64(number))
    }
  }

  @Test("The digest that is all zeros is a key like others")
  func zeroDigest() {
    var index = KeyIndex()
    let zero = KeyDigest(high: 0, low: 0)
    index.note(zero, Revision(main: 0, sub: 0), isTombstone: true)
    index.settle()
    #expect(index.count == 1 && index.liveCount == 0)
    #expect(index.newest(of: zero)?.isTombstone == true)
  }
}

@Suite("Digests of keys")
struct KeyDigestTests {
  @Test("Equal keys have one digest, others have others")
  func distinct() {
    let maker = KeyDigest.Maker()
    let keys = (0..<300).map { [UInt8](repeating: 0, count: $0) } + (1...255).map { [UInt8($0)] }
    #expect(Set(keys.map { maker.digest(of: $0) }).count == keys.count)
    for key in keys { #expect(maker.digest(of: key) == maker.digest(of: key)) }
  }

  @Test("No two makers give the same digest")
  func secrets() {
    #expect(KeyDigest.Maker().digest(of: "a") != KeyDigest.Maker().digest(of: "a"))
  }

  /// SipHash-1-3 with 128 bits under the key 00 01 … 0f, of the bytes 00 01 02 …, as a separate implementation gives it
  /// that agrees with the vectors of the function's authors for SipHash-2-4.
  @Test(
    "They are SipHash-1-3 of 128 bits",
    arguments: [
      (0, "e77ebcb22788a5befd62db6add303001"), (1, "fc6f370460d3eda85e0573cc2b2ff063"),
      (7, "1084b923f2aae0c3a62f2ec80848ab77"), (8, "aa12fee1d5e3dab4724f16ab35f9c799"),
      (9, "81ddb8042cf33994f4720e0094137c42"), (15, "c17e5505b2bd526c2921cdec1e7e0109"),
      (16, "d0a8d95715518eebb513b0f83d9e1793"), (63, "4c5800e34efe426f079f6b0aa75260ad"),
      (256, "f56c8b243a0c025a6a687aa2b99c707a"), (300, "3165ead62761c51719819dcf73cd572b"),
    ])
  func vectors(count: Int, hex: String) {
    let digest = KeyDigest.Maker(key: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908))
      .digest(of: (0..<count).map { UInt8(truncatingIfNeeded: $0) })
    let words = [UInt8](bigEndian: digest.low.byteSwapped) + [UInt8](bigEndian: digest.high.byteSwapped)
    #expect(words == [UInt8](hex: hex))
  }
}

@Suite("A user's key")
struct EtcdKeyTests {
  @Test(
    "Is written without loss",
    arguments: [
      ("", ""), ("/registry/secrets/default/a b~", "/registry/secrets/default/a b~"), ("100%", "100%25"),
      ("\n\u{1B}[0m\u{7F}", "%0A%1B[0m%7F"), ("é", "%C3%A9"), ("\0", "%00"),
    ])
  func description(text: String, written: String) {
    #expect(EtcdKey(bytes: Array(text.utf8)).description == written)
  }

  @Test("No two bytes are written alike")
  func everyByte() {
    #expect(Set((0...255).map { EtcdKey(bytes: [UInt8($0)]).description }).count == 256)
  }

  @Test("Is ordered bytewise")
  func order() {
    let keys: [[UInt8]] = [[], [0], [0, 0], [0, 1], [0x2F], [0x7F], [0x80], [0xFF], [0xFF, 0]]
    for (one, other) in zip(keys, keys.dropFirst()) {
      #expect(EtcdKey(bytes: one) < EtcdKey(bytes: other) && !(EtcdKey(bytes: other) < EtcdKey(bytes: one)))
    }
  }

  @Test("A copy holds the same bytes")
  func copy() {
    let bytes: [UInt8] = [1, 2, 0, 255]
    #expect(EtcdKey(copying: unsafe bytes.span.bytes) == EtcdKey(bytes: bytes))
  }
}
