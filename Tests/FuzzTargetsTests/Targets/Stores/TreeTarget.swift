import BoltFormat
import TestSupport

@testable import ByteViews

/// The pages and trees of a bbolt file, without anything of etcd.
enum TreeTarget: FuzzTarget {
  static let name = "tree"
  static let summary =
    "bolt pages and trees: places inside the file, pages met once, cursor and walk agree, bounded work"
  static let longestInput = 1 << 15

  static func seeds() -> [[UInt8]] { FuzzSeeds.snapshots(40, atMost: longestInput) }

  static func complaints(about bytes: [UInt8]) throws -> [String] {
    var complaints = Complaints()
    let source = CountingSource(bytes)
    let tree: Tree
    do throws(BoltError) { tree = try Tree(source) } catch {
      complaints.expect(!"\(error)".isEmpty, "an error says nothing")
      return complaints.list
    }
    var witness = TreeWitness(bytes, tree)
    let owned = tree.walk(&witness)
    complaints.list(witness.complaints)
    complaints.expect(witness.nesting == 0, "a bucket is entered and not left")
    for page in witness.pages { complaints.expect(owned.contains(page), "page \(page) was read and is not owned") }
    complaints.expect(owned.count <= tree.pageBound, "more pages are owned than there are")
    // A page is read once; an element behind its page's first bytes, once more.
    complaints.expect(
      source.bytesRead <= 16 * source.byteCount + (1 << 20), "\(source.bytesRead) bytes read of \(source.byteCount)")
    if let range = tree.freelistBytes {
      complaints.expect(range.upperBound <= source.byteCount, "the freelist lies behind the file")
    }
    _ = tree.freelistEntries
    if witness.errors.isEmpty { try complaints.list(cursorComplaints(tree, witness)) } else { seek(in: tree, witness) }
    for bucket in witness.buckets.prefix(16) where bucket.nesting == 1 && witness.errors.isEmpty {
      complaints.expect(tree.bucket(named: bucket.name) == bucket, "a bucket is not found by its name")
    }
    return complaints.list
  }

  /// In a damaged file, a cursor comes to an end all the same.
  private static func seek(in tree: Tree, _ witness: TreeWitness) {
    for (bucket, keys) in zip(witness.buckets, witness.keys).prefix(4) {
      for key in keys.prefix(4) + [[], [0xFF]] {
        var cursor = tree.cursor(over: bucket)
        guard cursor.seek(to: key.rawSpan, report: { _ in }) else { continue }
        _ = cursor.row.key.byteCount
        while cursor.next(report: { _ in }) {}
      }
    }
  }

  /// In a file without faults, a cursor finds what the walk did, and each row by its key.
  private static func cursorComplaints(_ tree: Tree, _ witness: TreeWitness) throws -> [String] {
    var complaints = Complaints()
    for (bucket, keys) in zip(witness.buckets, witness.keys).prefix(16) {
      var cursor = tree.cursor(over: bucket)
      var found: [[UInt8]] = []
      while cursor.next(report: { complaints.expect(false, "the cursor finds \($0)") }) {
        if !cursor.isBucket { found.append([UInt8](copying: cursor.row.key)) }
      }
      complaints.expect(found == keys, "the cursor finds \(found.count) rows, and the walk \(keys.count)")
      for key in keys.prefix(32) {
        var cursor = tree.cursor(over: bucket)
        let isFound = cursor.seek(to: key.rawSpan) { complaints.expect(false, "the search finds \($0)") }
        complaints.expect(isFound && [UInt8](copying: cursor.row.key) == key, "\(key) is not found")
      }
    }
    return complaints.list
  }

  static func mutated(
    _ bytes: [UInt8], atMost limit: Int, _ random: inout SeededGenerator, _ mutateBytes: ByteMutation
  ) -> [UInt8] {
    SnapshotSealing.mutated(bytes, atMost: limit, &random, mutateBytes)
  }
}
