import TestSupport
import Testing

@testable import BoltFormat

/// Every byte of a small file changed: the reader never fails, and what it loses it says, or can't know.
@Suite(.timeLimit(.minutes(20))) struct FlippedByteTests {
  /// A file of every kind of page, and what a walk through it gives.
  struct Sound: CustomTestStringConvertible {
    let testDescription: String
    let image: BoltImage
    let walk: Walk

    init(_ name: String, _ byteOrder: BoltWriter.ByteOrder, _ metas: BoltWriter.MetaStyle) throws {
      var writer = BoltWriter(pageSize: 512, byteOrder: byteOrder)
      writer.packing = .init(rowsPerLeaf: 2)
      writer.metas = metas
      writer.freelist = metas == .rawCopy ? .stored : .notStored
      func rows(_ count: UInt8, _ valueBytes: Int) -> [BoltBucket.Entry] {
        (1...count).map { .init([0x6B, $0], [UInt8](repeating: $0, count: valueBytes)) }
      }
      let root = BoltBucket([
        "a": BoltBucket(rows(2, 3), layout: .inline),
        "k": BoltBucket(rows(4, 9), layout: .pages),
        "z": BoltBucket(rows(1, 500), layout: .pages),
      ])
      var old = root
      old["k"] = BoltBucket(rows(1, 9), layout: .pages)
      testDescription = name
      image = writer.image(root, previous: metas == .rawCopy ? old : nil)
      walk = try Walk(image.bytes)
    }

    /// The names of the top-level buckets, where they lie.
    func nameOffset(_ name: [UInt8]) -> Int {
      image.bucketHeader([String(decoding: name, as: UTF8.self)]) - name.count
    }

    /// The rows that lie in `bytes` where the undamaged file has them.
    func rows(in bytes: [UInt8]) -> [Walk.Row] {
      zip(walk.rows, walk.places).map { row, place in
        Walk.Row(
          path: row.path.map { Array(bytes[nameOffset($0)..<nameOffset($0) + $0.count]) },
          key: Array(bytes[place.keyOffset..<place.keyOffset + row.key.count]),
          value: Array(bytes[place.valueOffset..<place.valueOffset + row.value.count]))
      }
    }

    /// Places where the format says something once, and nothing contradicts a lie. Each concerns a single leaf:
    /// whether it is empty, and how long its last element is.
    var unguarded: [Int: BoltImage.Page] {
      var places: [Int: BoltImage.Page] = [:]
      for leaf in image.pages where leaf.kind == .leaf && leaf.owner == .newest {
        let last = image.element(Int(image[leaf, .count]) - 1, of: leaf)
        for place in [10, 11].map({ leaf.offset + $0 }) + Array(last + 8..<last + 16) { places[place] = leaf }
      }
      return places
    }
  }

  static let files: [Sound] = {
    do {
      return [try Sound("snapshot", .little, .snapshot), try Sound("raw copy", .big, .rawCopy)]
    } catch {
      Issue.record(error)
      return []
    }
  }()

  @Test(arguments: files, [0x01, 0x80, 0xFF] as [UInt8])
  func lossIsReportedOrCannotBeKnown(file: Sound, mask: UInt8) throws {
    for offset in file.image.bytes.indices { try expectExplained(file, offset, mask) }
  }

  /// Every bit of what the reader follows: metas, page headers, element tables, bucket headers.
  @Test(arguments: files, 1..<7)
  func lossByABitOfTheStructureIsReportedOrCannotBeKnown(file: Sound, bit: Int) throws {
    for page in file.image.pages where page.owner != .none {
      let table = page.kind == .branch || page.kind == .leaf ? 16 * Int(file.image[page, .count]) : 64
      for offset in page.offset..<page.offset + 16 + table { try expectExplained(file, offset, 1 << bit) }
    }
    for name in ["a", "k", "z"] {
      let header = file.image.bucketHeader([name])
      for offset in header..<header + 16 { try expectExplained(file, offset, 1 << bit) }
    }
  }

  private func expectExplained(_ file: Sound, _ offset: Int, _ mask: UInt8) throws {
    let flip: Comment = "\(file.testDescription), byte \(offset) ^ \(mask)"
    var bytes = file.image.bytes
    bytes[offset] ^= mask
    let walk = try Walk(bytes)
    if !isSane(walk, bytes) { Issue.record("impossible rows, pages or errors: \(flip)") }
    let saysNothing = walk.errors.allSatisfy(\.isHarmless)
    guard saysNothing, walk.rows != file.rows(in: bytes) else { return }
    guard let leaf = file.unguarded[offset] else {
      Issue.record("rows lost, and nothing said: \(flip)")
      return
    }
    guard leaf.bucket != [] else { return }
    let end = leaf.isInline ? leaf.offset + 128 : leaf.offset + Int(leaf.overflow + 1) * 512
    let others = zip(file.walk.rows, file.walk.places).filter { !(leaf.offset..<end).contains($0.1.keyOffset) }
    #expect(Set(others.map(\.0)).isSubset(of: walk.rows), flip)
  }

  private func isSane(_ walk: Walk, _ bytes: [UInt8]) -> Bool {
    walk.path.isEmpty && walk.errors.allSatisfy { $0.code == .metaTransactions || $0.page != nil && $0.offset != nil }
      && walk.pages.allSatisfy { $0.usedBytes <= (UInt64($0.overflow) + 1) * 512 }
      && zip(walk.rows, walk.places).allSatisfy { row, place in
        bytes[place.keyOffset...].starts(with: row.key) && bytes[place.valueOffset...].starts(with: row.value)
      }
  }
}
