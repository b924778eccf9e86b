import BoltFormat
import EtcdStorage
import TestSupport

@testable import ByteViews
@testable import KubernetesStorage
@testable import SnapshotReading
@testable import VerificationModel

/// The search of bytes that no page owns. The first byte says how the stretch begins, the second in what pieces it comes.
enum ResidueTarget: FuzzTarget {
  static let name = "residue"
  static let summary = "the search of unowned bytes: the same in whatever pieces they come, finds inside, bounded work"
  static let longestInput = 1 << 14
  private static let pageSize = 512
  private static let start: UInt64 = 8 * 512
  private static let digests = KeyDigest.Maker()

  static let words = FuzzSeeds.words(
    "k8s\0", "apiVersion: v1\n", "kind: Secret\n", #""kind":"Secret""#, #""apiVersion":"v1""#, "/registry/secrets/a/b",
    "azhzAAoMCgJ2MRIGU2VjcmV0", "U2VjcmV0", "Opaque", "EncryptionConfiguration", "\u{1A}\u{6}Opaque\u{1A}\0\"\0")

  static func seeds() -> [[UInt8]] {
    var seeds: [[UInt8]] = []
    for object in FuzzSeeds.objects {
      let row = Self.row(7, object)
      seeds.append([0, 7] + row.boltKey + row.keyValue.encoded)
      seeds.append([1, 200] + [UInt8](repeating: 0xAA, count: 300) + object + [0, 0, 0] + row.keyValue.encoded)
    }
    let page = BoltPageEncoder(pageSize: pageSize).leaf(
      8, [row(7, StoredSecret.plaintext(dataKeys: [])).leafRow])
    seeds.append([3, 99] + page)
    for seed in 0..<8 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let image = GeneratedStore(seed: seed).image.bytes
      let first = random.count(0...image.count - 1)
      seeds.append([UInt8(seed), 50] + image[first..<min(image.count, first + 8000)])
    }
    seeds.append([0, 3] + StoredSecret.json + Wrapping.base64(StoredSecret.json) + Wrapping.gzip(StoredSecret.json))
    seeds.append([2, 90] + Wrapping.wide(StoredSecret.json) + Wrapping.hex(StoredSecret.json))
    // A freelist with overflow, text whose beginning is gone, and a row whose revision is cut.
    seeds.append([1, 60] + freelist(of: 100) + [UInt8](repeating: 0x61, count: 700))
    seeds.append([0, 40] + [UInt8](repeating: 0x62, count: 900) + Array("\"},\"type\":\"Opaque\"}\n".utf8))
    seeds.append([0, 30] + row(7, StoredSecret.json).boltKey.dropFirst(5) + row(7, StoredSecret.json).keyValue.encoded)
    return seeds
  }

  /// Page 8 and its overflow, with so many pages that are free.
  private static func freelist(of count: Int) -> [UInt8] {
    // The number of the page, its flags, the count, the overflow.
    let header = [8, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, UInt8(count), 0, UInt8(8 * count / pageSize), 0, 0, 0]
    return (0..<count).reduce(into: header) { $0 += [UInt8(20 + 2 * $1), 0, 0, 0, 0, 0, 0, 0] }
  }

  private static func row(_ main: Int64, _ value: [UInt8]) -> EtcdWriter.Row {
    EtcdWriter.Row(
      main: main,
      keyValue: EtcdWriter.KeyValue(
        key: Array("/registry/secrets/default/n".utf8), createRevision: main, modRevision: main, version: 1,
        value: value))
  }

  static func complaints(about input: [UInt8]) -> [String] {
    guard input.count > 2 else { return [] }
    let bytes = Array(input.dropFirst(2))
    let isHeaded = input[0] & 1 == 1
    let isSlack = input[0] & 2 == 2 && !isHeaded
    let length = max(1, Int(input[1]) * 5)
    let pieces = stride(from: 0, to: bytes.count, by: length).map { Array(bytes[$0..<min(bytes.count, $0 + length)]) }
    let whole = Found([bytes], isHeaded, isSlack)
    let parts = Found(pieces, isHeaded, isSlack)
    var complaints = Complaints()
    complaints.expect(whole.places == parts.places, "other finds in pieces: \(whole.places), \(parts.places)")
    complaints.expect(
      whole.unexplained, equals: parts.unexplained, "in pieces, other bytes are left that nothing explains")
    let end = start + UInt64(bytes.count)
    for place in whole.places.offsets + whole.places.fragments {
      complaints.expect(place >= start && place < end, "a find at \(place), outside of \(start)..<\(end)")
    }
    for found in [whole, parts] {
      // The last find may be as long as there are bytes.
      let bound = SearchBudget.fixed + UInt64(bytes.count) * (SearchBudget.perByte + 1)
      complaints.expect(found.examined <= bound, "\(found.examined) bytes examined of \(bytes.count)")
    }
    return complaints.list
  }

  /// What a search finds, and where bytes begin that nothing explains.
  private struct Found {
    struct Places: Equatable {
      var offsets: [UInt64]
      var lengths: [UInt32]
      var fragments: [UInt64]
      var zero: [UInt32]
      var remnants: [[UInt32]]
    }

    let places: Places
    let unexplained: [ResiduePages.Unexplained]
    let examined: UInt64

    init(_ pieces: [[UInt8]], _ isHeaded: Bool, _ isSlack: Bool) {
      let scope = Policy().scope
      var finds = ResidueFinds(
        CandidateList(scope: scope, prefixes: PrefixTable(scope: scope)), scope, digests, pageSize: pageSize,
        pageBound: 1 << 20, isBounded: false)
      finds.budget.add(input: pieces.reduce(0) { $0 + $1.count })
      var search = ResidueSearch(pageSize: pageSize, .little, pageBound: 1 << 20)
      search.begin(at: start, isHeaded: isHeaded, isSlack: isSlack, &finds)
      for piece in pieces { search.append(piece.rawSpan, &finds) }
      search.end(&finds)
      places = Places(
        offsets: finds.list.candidates.map(\.messageOffset),
        lengths: finds.list.candidates.flatMap { [$0.messageBytes, $0.valueBytes] },
        fragments: finds.fragments.map(\.offset),
        zero: finds.pages.zero,
        remnants: ResiduePages.Remnant.allCases.map { finds.pages[$0] })
      unexplained = finds.pages.unexplained
      examined = finds.budget.examined
    }
  }
}
