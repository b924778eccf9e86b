import BoltFormat
import EtcdStorage
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotVerification

/// The search of a stretch by itself, whose bytes may come in any pieces.
@Suite("The search of bytes that no page owns")
struct ResidueSearchTests {
  private static let pageSize = 512
  private static let digests = KeyDigest.Maker()

  // MARK: Pieces

  @Test("finds the same in whatever pieces the bytes come", arguments: 0..<60 as Range<UInt64>)
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = Self.leftovers(&random)
    let isHeaded = random.isOne(in: 3)
    let isSlack = !isHeaded && random.isOne(in: 3)
    let start = UInt64(Self.pageSize * random.count(2...9) + (isSlack ? random.count(0...Self.pageSize - 1) : 0))
    let whole = Self.finds(in: bytes, at: start, [bytes.count], isHeaded: isHeaded, isSlack: isSlack)
    for _ in 0..<4 {
      let longest = random.one(of: [7, 100, 600, 3000])
      var ends: [Int] = []
      var end = 0
      while end < bytes.count {
        end = min(bytes.count, end + random.count(1...longest))
        ends.append(end)
      }
      let pieces = Self.finds(in: bytes, at: start, ends, isHeaded: isHeaded, isSlack: isSlack)
      #expect(pieces == whole, "in pieces of at most \(longest) bytes")
    }
  }

  @Test("ends anywhere behind a page's border", arguments: [false, true], [false, true])
  func endBehindABorder(isHeaded: Bool, isSlack: Bool) {
    let row = EtcdWriter.Row.secret("a", 7, StoredSecret.plaintext())
    for rest in stride(from: 0, to: 1100, by: 41) {
      let bytes = row.boltKey + row.keyValue.encoded + [UInt8](repeating: 0xD9, count: Self.pageSize + rest)
      for split in [1, Self.pageSize, bytes.count - 1] {
        let found = Self.finds(in: bytes, at: 4096, [split, bytes.count], isHeaded: isHeaded, isSlack: isSlack)
        #expect(found.offsets.count == 1, "\(rest) bytes behind, in two pieces at \(split)")
      }
    }
  }

  /// What a search finds.
  private struct Found: Equatable {
    var offsets: [UInt64] = []
    var fragments: [UInt64] = []
    var zero: [UInt32] = []
    var unexplained: [ResiduePages.Unexplained] = []
    var remnants: [[UInt32]] = []
  }

  private static func finds(
    in bytes: [UInt8], at start: UInt64, _ ends: [Int], isHeaded: Bool, isSlack: Bool
  ) -> Found {
    var finds = finds()
    var search = ResidueSearch(pageSize: pageSize, .little, pageBound: 1 << 20)
    search.begin(at: start, isHeaded: isHeaded, isSlack: isSlack, &finds)
    var taken = 0
    for end in ends {
      search.append(Array(bytes[taken..<end]).rawSpan, &finds)
      taken = end
    }
    search.end(&finds)
    return Found(
      offsets: finds.list.candidates.map(\.messageOffset), fragments: finds.fragments.map(\.offset),
      zero: finds.pages.zero, unexplained: finds.pages.unexplained,
      remnants: ResiduePages.Remnant.allCases.map { finds.pages[$0] })
  }

  private static func finds() -> ResidueFinds {
    let scope = Policy().scope
    return ResidueFinds(
      CandidateList(scope: scope, prefixes: PrefixTable(scope: scope)), scope, digests, pageSize: pageSize,
      pageBound: 1 << 20, isBounded: false)
  }

  /// Rows, parts of rows, pages and other bytes, one behind the other, a few kilobytes in all.
  private static func leftovers(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 0..<random.count(1...12) {
      var part: [UInt8]
      switch random.count(0...6) {
      case 0: part = [UInt8](repeating: random.one(of: [0, 0xFF, UInt8(ascii: "-")]), count: random.count(1...1500))
      case 1: part = random.bytes(random.count(1...900))
      case 2: part = StoredSecret.json
      case 3:
        let page = bytes.count / pageSize + 1
        part = BoltPageEncoder(pageSize: pageSize).leaf(
          UInt64(page), [EtcdWriter.Row.secret("p\(number)", 7, StoredSecret.plaintext(dataKeys: [])).leafRow])
      default:
        let value = random.isOne(in: 2) ? StoredSecret.plaintext() : StoredSecret.sealed(.secretbox, "key1")
        let row = EtcdWriter.Row.secret("s\(number)", Int64(number + 1), value)
        part = row.boltKey + row.keyValue.encoded
      }
      if random.isOne(in: 3) { part.removeFirst(random.count(0...part.count - 1)) }
      if random.isOne(in: 3) { part.removeLast(random.count(0...part.count - 1)) }
      bytes += part
    }
    return bytes
  }
}
