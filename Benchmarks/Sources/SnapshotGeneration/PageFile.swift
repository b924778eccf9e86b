import Cryptography
import Foundation

/// A bbolt file that is written from its first page to its last, and whose meta pages are put in place at the end.
///
/// Memory: 1 MiB, and the page at hand.
struct PageFile {
  /// Bytes in a page.
  let pageSize: Int
  /// The number of the next page: how many there are so far.
  private(set) var nextPage: UInt64 = 0
  private let handle: FileHandle
  private var buffer: [UInt8] = []

  private static let bufferBytes = 1 << 20

  /// Makes an empty file at `path`, or empties the one that is there.
  init(path: String, pageSize: Int) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forUpdatingAtPath: path)
    else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
    self.handle = handle
    self.pageSize = pageSize
    buffer.reserveCapacity(2 * Self.bufferBytes)
  }

  /// Bytes of the pages so far.
  var byteCount: UInt64 { nextPage * UInt64(pageSize) }

  /// Pages that `byteCount` bytes take.
  func pages(of byteCount: Int) -> UInt64 { UInt64((byteCount + pageSize - 1) / pageSize) }

  /// Adds the pages of a run, the last one filled with zeros.
  mutating func append(_ run: some Collection<UInt8>) throws {
    let pages = pages(of: run.count)
    buffer.append(contentsOf: run)
    buffer.append(contentsOf: repeatElement(0, count: Int(pages) * pageSize - run.count))
    nextPage += pages
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  /// Puts the meta pages in place, appends the SHA-256 of everything as `etcdctl snapshot save` does, and closes the
  /// file. The answer is its length in bytes.
  mutating func finish(metas: [[UInt8]]) throws -> UInt64 {
    try flush()
    for (number, meta) in metas.enumerated() {
      try handle.seek(toOffset: UInt64(number * pageSize))
      try handle.write(contentsOf: meta)
    }
    try handle.seek(toOffset: 0)
    var hash = SHA256()
    while let block = try handle.read(upToCount: Self.bufferBytes), !block.isEmpty { hash.update(block.bytes) }
    let digest = hash.digest().bytes
    try handle.write(contentsOf: digest)
    try handle.close()
    return byteCount + UInt64(digest.count)
  }

  private mutating func flush() throws {
    try handle.write(contentsOf: buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
