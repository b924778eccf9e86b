import Foundation
import SnapshotInput
import TestSupport

/// Files that are packed in any way.
enum ArchivesTarget: FuzzTarget {
  static let name = "archives"
  static let summary = "containers: the same in blocks of any size, within the limits, faults told once"
  static let longestInput = 16_384
  static let words =
    FuzzSeeds.words("ustar", "PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "snapshot.db", "BZh9", "PK\u{7}\u{8}")
    + [
      [0x1F, 0x8B, 8], [0x78, 0x9C], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0],
      [4, 0x22, 0x4D, 0x18], [0x1F, 0x9D, 0x90], [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0],
    ]
  private static let limits = UnpackingLimits(byteCount: 1 << 20, ratio: 200)

  static func seeds() -> [[UInt8]] {
    let meta = Array(GeneratedStore(seed: 1).image.bytes.prefix(4096))
    let text = Array(StoredValues.yaml.utf8)
    let tar = Packed.tar([("a/snapshot.db", meta), ("secret.yaml", text), ("empty", [])])
    let zip = Packed.zip([("snapshot.db", Array(meta.prefix(1500))), ("secret.yaml", text)])
    return [
      meta, text, tar, zip, Wrapping.gzip(meta), Wrapping.zlib(meta), Wrapping.gzip(tar), Wrapping.gzip(zip),
      Wrapping.gzip(Wrapping.gzip(Wrapping.zlib(text))), Packed.gzip(storing: text), Packed.gzip(storing: tar),
      Packed.zip([("a.tar", Packed.tar([("b", text)]))]), Wrapping.gzip([UInt8](repeating: 0, count: 1 << 18)), [0],
    ] + Packed.otherFormats
  }

  static func complaints(about bytes: [UInt8]) throws -> [String] {
    let path = try scratch.get().file("input", bytes)
    var complaints = Complaints()
    let large = UnpackedInput(path, limits, blockBytes: 1 << 16)
    let small = UnpackedInput(path, limits, blockBytes: 4099)
    complaints.list(large.complaints)
    complaints.list(small.complaints)
    complaints.expect(small.parts == large.parts, "in small blocks it is something else")
    let total = large.parts.reduce(0) { $0 + $1.count }
    complaints.expect(total <= (256 << 20) + 200 * bytes.count, "\(total) bytes come out of \(bytes.count)")
    if Container(recognizing: Array(bytes.prefix(Container.probeBytes))) == nil, large.parts.count > 1 {
      complaints.expect(false, "\(large.parts.count) parts in what is no container")
    }
    return complaints.list
  }

  static func mutated(
    _ bytes: [UInt8], atMost limit: Int, _ random: inout SeededGenerator, _ mutateBytes: ByteMutation
  ) -> [UInt8] {
    let changed: [UInt8]
    switch random.count(0...9) {
    case 0: changed = Wrapping.gzip(bytes)
    case 1: changed = Packed.tar([("m", bytes), ("n", mutateBytes(bytes, limit))])
    case 2: changed = Packed.zip([("m", bytes)])
    case 3, 4:
      // What is packed is changed, and packed again.
      guard bytes.starts(with: [0x1F, 0x8B]), bytes.count > 18,
        let inside = Inflation(Array(bytes.dropFirst(10)), atMost: 1 << 16)?.bytes
      else { fallthrough }
      changed = Wrapping.gzip(mutateBytes(inside, limit))
    default: changed = mutateBytes(bytes, limit)
    }
    let sealed = random.isOne(in: 8) ? changed : Packed.sealed(changed)
    return sealed.count <= limit ? sealed : mutateBytes(bytes, limit)
  }

  /// One directory for the whole process.
  private static let scratch = Result { try TemporaryDirectory() }
}
