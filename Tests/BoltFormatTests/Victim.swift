import BoltFormat
import TestSupport

/// A small sound file that tests damage: bucket `key` has three levels, with three elements on each page; `aux` is
/// inline, `zoo` is a single leaf.
struct Victim {
  var image: BoltImage
  let root: BoltBucket

  init(byteOrder: BoltWriter.ByteOrder = .little, freelist: BoltWriter.Freelist = .notStored) {
    var writer = BoltWriter(pageSize: 512, byteOrder: byteOrder)
    writer.packing = .init(rowsPerLeaf: 3, childrenPerBranch: 3)
    writer.freelist = freelist
    if freelist != .notStored { writer.freePages = [4: [], 8: [], 12: []] }
    root = BoltBucket([
      "aux": BoltBucket(Self.rows(2)),
      "key": BoltBucket(Self.rows(27), layout: .pages),
      "zoo": BoltBucket(Self.rows(3), layout: .pages),
    ])
    image = writer.image(root)
  }

  private static func rows(_ count: UInt64) -> [BoltBucket.Entry] {
    (1...count).map { .init([UInt8](bigEndian: $0 * 2), [UInt8](repeating: UInt8($0), count: 30)) }
  }

  /// Leaves of bucket `key`; rows 3i … 3i + 2 are on the one with index i.
  var leaves: [BoltImage.Page] { image.leafPages(ofBucket: "key") }
  /// Branches of bucket `key` right above the leaves; leaves 3i … 3i + 2 are below the one with index i.
  var branches: [BoltImage.Page] { image.branchPages(ofBucket: "key").filter { $0.height == 1 } }
  /// The root of bucket `key`.
  var top: BoltImage.Page { image.rootPage(ofBucket: ["key"]) }
  /// The leaf of the root bucket.
  var rootLeaf: BoltImage.Page { image.rootPage(ofBucket: []) }
  /// The stored freelist.
  var freelist: BoltImage.Page { image.pages(.freelist)[0] }

  func walk() throws(BoltError) -> Walk { try Walk(image.bytes) }

  /// All rows, less those on some leaves of bucket `key`.
  func rows(withoutLeaves lost: some Sequence<Int> = []) -> [Walk.Row] {
    let key = root.rows().filter { $0.path == [Array("key".utf8)] }
    let gone = Set(lost.flatMap { key[3 * $0..<3 * $0 + 3] })
    return root.rows().filter { !gone.contains($0) }
  }

  /// All rows, less one of those in bucket `key`.
  func rows(withoutRow index: Int, onLeaf leaf: Int) -> [Walk.Row] {
    let gone = root.rows().filter { $0.path == [Array("key".utf8)] }[3 * leaf + index]
    return root.rows().filter { $0 != gone }
  }
}

extension BoltImage {
  /// Where the header of a page's element lies in the file.
  func element(_ index: Int, of page: Page) -> Int { page.offset + 16 + 16 * index }

  /// Where the key of a branch's element lies in the file.
  func branchKey(_ index: Int, of branch: Page) -> Int {
    element(index, of: branch) + Int(self[branch, child: index, .position])
  }
}
