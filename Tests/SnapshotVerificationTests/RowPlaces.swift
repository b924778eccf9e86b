import BoltFormat
import EtcdStorage
import Foundation
import SnapshotInput
import TestSupport
import Testing

@testable import VerificationModel

/// Where in a file that is whole the rows of bucket `key` lie, and what else is read.
struct RowPlaces: TreeVisitor {
  /// The bytes of rows whose etcd key contains a string: the element header, key and value of each.
  private(set) var rows: [Range<Int>] = []
  /// Bytes that mean something: of the meta pages, of the pages of the tree, and the headers of the others.
  private(set) var used = IndexSet()
  private let part: [UInt8]
  private let pageSize: Int
  private var path: [String] = []
  private var page: PageID?
  private var index = 0

  /// The places of the rows of `file` whose etcd key contains `part`.
  init(of file: [UInt8], containing part: String) throws {
    let directory = try TemporaryDirectory()
    let tree = try Tree(SnapshotFile(opening: directory.file("backup.db", file)))
    self.part = Array(part.utf8)
    pageSize = tree.meta.pageSize
    for number in 0..<2 { used.insert(integersIn: number * pageSize..<number * pageSize + Meta.byteCount) }
    for start in stride(from: 0, to: Int(tree.imageBytes), by: pageSize) {
      used.insert(integersIn: start..<start + PageHeader.byteCount + 2 * Element.byteCount)
    }
    tree.walk(&self)
  }

  mutating func enter(_ bucket: Bucket) { path.append(String(decoding: bucket.name, as: UTF8.self)) }

  mutating func leave(_ bucket: Bucket) { path.removeLast() }

  mutating func visit(_ row: borrowing Row) {
    index = row.page == page ? index + 1 : 0
    page = row.page
    guard path == ["key"], let key = try? KeyValue(decoding: row.value).boundedKey.bytes, key.contains(part) else {
      return
    }
    let header = Int(row.page.rawValue) * pageSize + PageHeader.byteCount + index * Element.byteCount
    rows.append(header..<header + Element.byteCount)
    let start = Int(row.keyOffset.rawValue)
    rows.append(start..<start + row.key.byteCount + row.value.byteCount)
  }

  mutating func finish(_ page: PageUse) {
    let start = Int(page.page.rawValue) * pageSize
    used.insert(integersIn: start..<start + Int(page.usedBytes))
  }

  mutating func find(_ error: BoltError) {}
}

extension RowPlaces {
  /// Expects that `lost` rows in scope are explained: by an error, or because the byte at `offset`, which was flipped, is
  /// the one row's own.
  func expectExplained(_ lost: Int, _ report: SnapshotReport, at offset: Int) {
    let isOwn = rows.contains { $0.contains(offset) }
    #expect(lost <= (isOwn ? 1 : 0) || !report.errors.isEmpty, "\(lost) lost, byte \(offset)")
  }
}

extension SeededGenerator {
  /// Which bits of the byte at `offset` are flipped: one, or all.
  static func mask(_ offset: Int) -> UInt8 {
    var random = SeededGenerator(seed: UInt64(offset))
    return random.isOne(in: 4) ? 0xFF : 1 << UInt8(random.count(0...7))
  }
}
