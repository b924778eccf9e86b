import TestSupport
import Testing

@testable import BoltFormat

/// A cursor over one bucket agrees with the walk through the file, from wherever it starts.
@Suite(.timeLimit(.minutes(20))) struct CursorTests {
  private static let name = Array("key".utf8)

  /// Buckets of one, two and three levels, an empty one, an inline one, and one of a single run beyond 64 KiB. Keys are
  /// even numbers.
  private static let shapes: [String: BoltBucket] = {
    func rows(_ count: UInt64, _ valueBytes: Int = 20) -> [BoltBucket.Entry] {
      (1...count).map { .init([UInt8](bigEndian: 2 * $0), [UInt8](repeating: UInt8($0 % 251), count: valueBytes)) }
    }
    return [
      "empty": BoltBucket(layout: .pages),
      "emptyInline": BoltBucket(),
      "inline": BoltBucket(rows(3, 5), layout: .inline),
      "one": BoltBucket(rows(3), layout: .pages),
      "longInline": BoltBucket(rows(1000, 90), layout: .inline),
      "longRun": BoltBucket(rows(1000, 90), packing: .init(fill: .infinity)),
      "three": BoltBucket(rows(50), packing: .init(rowsPerLeaf: 3, childrenPerBranch: 4)),
      "two": BoltBucket(rows(20), packing: .init(rowsPerLeaf: 3)),
      "wideBranch": BoltBucket(rows(3000), packing: .init(rowsPerLeaf: 1, fill: .infinity)),
    ]
  }()

  private static func tree() throws -> Tree {
    try Tree(MemorySource(BoltWriter(pageSize: 512).image(BoltBucket(shapes)).bytes))
  }

  private static func cursor(_ tree: Tree, _ name: String) throws -> Cursor {
    tree.cursor(over: try #require(tree.bucket(named: name.utf8)))
  }

  @Test(arguments: shapes.keys.sorted())
  func nextGivesTheRowsOfTheWalk(shape: String) throws {
    let tree = try Self.tree()
    var cursor = try Self.cursor(tree, shape)
    let expected = Walk(tree).rows.filter { $0.path == [Array(shape.utf8)] }
    #expect(expected == Self.shapes[shape]?.rows([Array(shape.utf8)]))
    for row in expected {
      let key = cursor.nextKey()
      #expect(key == row.key)
      let (value, isBucket) = (cursor.value, cursor.isBucket)
      #expect(value == row.value)
      #expect(!isBucket)
    }
    for _ in 0..<3 {
      let key = cursor.nextKey()
      #expect(key == nil, "the end is the end")
    }
  }

  /// For each number up to two beyond the last key: the row with that key, or the first after it, or none.
  @Test(arguments: shapes.keys.sorted())
  func seekFindsTheKeyOrTheFirstAfterIt(shape: String) throws {
    let tree = try Self.tree()
    var cursor = try Self.cursor(tree, shape)
    let last = 2 * UInt64(Self.shapes[shape]?.entries.count ?? 0)
    for number in stride(from: 0, through: last + 2, by: last > 200 ? 37 : 1) as StrideThrough<UInt64> {
      let key = cursor.key(from: [UInt8](bigEndian: number))
      let expected = max(2, number + number % 2)
      #expect(key == (expected <= last ? [UInt8](bigEndian: expected) : nil))
      guard key != nil else { continue }
      let value = cursor.value
      #expect(value == Self.shapes[shape]?.entries[Int(expected / 2) - 1].value)
      let next = cursor.nextKey()
      #expect(next == (expected < last ? [UInt8](bigEndian: expected + 2) : nil))
    }
  }

  @Test(arguments: shapes.keys.sorted())
  func seekToTheEmptyKeyFindsTheFirstAndBeyondAllFindsNone(shape: String) throws {
    let tree = try Self.tree()
    var cursor = try Self.cursor(tree, shape)
    for _ in 0..<2 {
      let beyond = cursor.key(from: [UInt8](repeating: 0xFF, count: 9))
      #expect(beyond == nil)
      let next = cursor.nextKey()
      #expect(next == nil)
      let first = cursor.key(from: [])
      #expect(first == Self.shapes[shape]?.entries.first?.key)
    }
  }

  /// A prefix comes before the key, an extension after it.
  @Test func seekComparesKeysOfDifferentLengths() throws {
    var cursor = try Self.cursor(try Self.tree(), "three")
    for number in 1...49 as ClosedRange<UInt64> {
      let key = [UInt8](bigEndian: 2 * number)
      let fromPrefix = cursor.key(from: Array(key.dropLast()))
      #expect(fromPrefix == [UInt8](bigEndian: 2))
      let fromExtension = cursor.key(from: key + [0])
      #expect(fromExtension == [UInt8](bigEndian: 2 * number + 2))
    }
  }

  @Test func seekReadsOnePageOfEachLevel() throws {
    let image = BoltWriter(pageSize: 512).image(BoltBucket(Self.shapes))
    let source = RecordingSource(MemorySource(image.bytes))
    var cursor = try Self.cursor(try Tree(source), "three")
    _ = source.record()
    let levels = image.rootPage(ofBucket: ["three"]).height + 1
    for number in stride(from: 2, through: 100, by: 2) as StrideThrough<UInt64> {
      let key = cursor.key(from: [UInt8](bigEndian: number))
      #expect(key == [UInt8](bigEndian: number))
      #expect(source.record().reads == levels)
    }
  }

  // MARK: Buckets

  @Test func bucketIsFoundByItsName() throws {
    let tree = try Self.tree()
    for name in Self.shapes.keys {
      let bucket = try #require(tree.bucket(named: name.utf8))
      #expect(bucket.name == Array(name.utf8))
      #expect(bucket.nesting == 1)
    }
    for name in ["", "a", "on", "onee", "zzz"] { #expect(tree.bucket(named: name.utf8) == nil) }
  }

  @Test(arguments: [3, 100])
  func bucketIsFoundAmongMany(perLeaf: Int) throws {
    let names = (100..<300).map { "bucket\($0)" }
    var root = BoltBucket(Dictionary(uniqueKeysWithValues: names.map { ($0, BoltBucket([.init($0, [1])])) }))
    root.packing = .init(rowsPerLeaf: perLeaf, childrenPerBranch: 4)
    let tree = try Tree(MemorySource(BoltWriter(pageSize: 1024).image(root).bytes))
    for name in names {
      let bucket = try #require(tree.bucket(named: name.utf8))
      var cursor = tree.cursor(over: bucket)
      let key = cursor.nextKey()
      #expect(key == Array(name.utf8))
      #expect(tree.bucket(named: (name + "x").utf8) == nil)
    }
  }

  @Test func plainRowIsNoBucket() throws {
    let encoder = BoltPageEncoder(pageSize: 512)
    let rows: [BoltPageEncoder.Row] = [.init([0x61], encoder.bucket(root: 3)), .init([0x62], [1], flags: 1)]
    let tree = try Tree(MemorySource(encoder.file(rows, pages: [3: encoder.leaf(3, [])])))
    #expect(tree.bucket(named: "a".utf8) == nil)
    #expect(tree.bucket(named: "b".utf8) == nil, "its value is too short for a bucket")
  }

  @Test func bucketInABucketIsReachedThroughItsParent() throws {
    let inner = BoltBucket([.init("row", [7])], layout: .pages)
    let image = BoltWriter().image(BoltBucket(["outer": BoltBucket(["inner": inner])]))
    let tree = try Tree(MemorySource(image.bytes))
    #expect(tree.bucket(named: "inner".utf8) == nil)
    var cursor = try Self.cursor(tree, "outer")
    let key = cursor.nextKey()
    let bucket = try cursor.childBucket()
    #expect(key == bucket.name)
    #expect(bucket.name == Array("inner".utf8) && bucket.nesting == 2)
    var rows = tree.cursor(over: bucket)
    let row = rows.nextKey()
    #expect(row == Array("row".utf8))
  }

  // MARK: Damage

  @Test func nextReportsWhatTheWalkFinds() throws {
    var victim = Victim()
    victim.image[victim.leaves[1], .id] = 99
    victim.image[victim.branches[2], .count] = 0
    victim.image[victim.leaves[4], row: 2, .valueSize] = 0xFFFF
    let tree = try Tree(MemorySource(victim.image.bytes))
    var cursor = try Self.cursor(tree, "key")
    var errors: [BoltError] = []
    var keys: [[UInt8]] = []
    while let key = cursor.nextKey({ errors.append($0) }) { keys.append(key) }
    let walk = Walk(tree)
    #expect(errors == walk.errors && errors.count == 3)
    #expect(keys == walk.rows.filter { $0.path == [Self.name] }.map(\.key))
  }

  /// Whatever page of the path is damaged, seek goes on with the first row after the damage that fits.
  @Test func seekStepsOverDamagedPages() throws {
    let sound = Victim()
    let rows = sound.root.rows().filter { $0.path == [Self.name] }
    for damaged in sound.leaves + sound.branches {
      var victim = sound
      victim.image[damaged, .id] = 99
      let tree = try Tree(MemorySource(victim.image.bytes))
      let left = Walk(tree).rows.filter { $0.path == [Self.name] }
      for row in rows {
        var errors: [BoltError] = []
        var cursor = try Self.cursor(tree, "key")
        let key = cursor.key(from: row.key) { errors.append($0) }
        #expect(key == left.first { !$0.key.lexicographicallyPrecedes(row.key) }?.key)
        #expect(left.contains(row) || errors.map(\.code) == [.pageID])
      }
    }
  }

  @Test func seekEndsInACycle() throws {
    var victim = Victim()
    for child in 0..<3 { victim.image[victim.branches[1], child: child, .child] = victim.top.number }
    let tree = try Tree(MemorySource(victim.image.bytes))
    var cursor = try Self.cursor(tree, "key")
    var errors: [BoltError] = []
    let key = cursor.key(from: [UInt8](bigEndian: 26)) { errors.append($0) }
    #expect(key == [UInt8](bigEndian: 38))
    #expect(Set(errors.map(\.code)) == [.pageClaimedTwice])
  }

  @Test func seekThroughABranchThatCannotBeSearchedGoesThroughAllOfIt() throws {
    var victim = Victim()
    victim.image[victim.branches[1], child: 1, .position] = 0xFFFF_FFFF
    let tree = try Tree(MemorySource(victim.image.bytes))
    var cursor = try Self.cursor(tree, "key")
    var errors: [BoltError] = []
    let key = cursor.key(from: [UInt8](bigEndian: 32)) { errors.append($0) }
    #expect(key == [UInt8](bigEndian: 32))
    #expect(errors.map(\.code).contains(.elementOutOfBounds))
  }
}

extension Cursor {
  /// The key of the next row; nil at the end.
  fileprivate mutating func nextKey(_ report: (BoltError) -> Void = { Issue.record($0) }) -> [UInt8]? {
    next(report: report) ? Array(copying: row.key) : nil
  }

  /// The key of the first row from `key` on; nil when there is none.
  fileprivate mutating func key(
    from key: [UInt8], _ report: (BoltError) -> Void = { Issue.record($0) }
  ) -> [UInt8]? {
    seek(to: key.rawSpan, report: report) ? Array(copying: row.key) : nil
  }

  /// The current row's value.
  fileprivate var value: [UInt8] { Array(copying: row.value) }
}
