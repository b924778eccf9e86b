import ByteViews
import Cryptography

/// Reads an export of records, entry by entry.
struct RecordReader: ~Copyable {
  private let next: () throws(CaseError) -> [UInt8]?
  private var block: [UInt8] = []
  private var start = 0
  private var lineNumber = 0
  private var count = 0
  private var last: CaseRecord?
  private var linesHash = SHA256()
  private var fileHash = SHA256()

  /// Bytes that were read.
  private(set) var byteCount: UInt64 = 0

  /// The SHA-256 of all that was read.
  var digest: SHA256Digest { fileHash.digest() }

  /// - Parameter next: answers the next bytes of the file; nil at its end.
  init(_ next: @escaping () throws(CaseError) -> [UInt8]?) throws(CaseError) {
    self.next = next
    guard let line = try line() else { throw .wrongExport("it is empty") }
    guard line.elementsEqual(RecordLine.first.utf8) else {
      throw .wrongExport(
        "its first line is not that of the records of a case in version \(CaseTable.version): make it with `atrest case export --format records`"
      )
    }
    take(line)
  }

  /// The next entry; nil behind the last, when the number of entries and their digest are right.
  mutating func record() throws(CaseError) -> CaseRecord? {
    guard let line = try line() else { throw .wrongExport("it is cut: its last line is missing") }
    guard let record = RecordLine.record(line) else {
      guard line.elementsEqual(RecordLine.last(count, "\(linesHash.digest())").utf8) else {
        throw .wrongExport(
          "line \(lineNumber) is no record, and not the end of as many records with their SHA-256: it was changed")
      }
      guard try self.line() == nil else { throw .wrongExport("there is more behind its end") }
      return nil
    }
    if let last, !record.follows(last) { throw .wrongExport("line \(lineNumber) is not in its place") }
    take(line)
    count += 1
    last = record
    return record
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    linesHash.update(Array(line).rawSpan)
    linesHash.update([Self.newline].rawSpan)
  }

  /// The next line, without the newline at its end; nil at the end of the file.
  private mutating func line() throws(CaseError) -> ArraySlice<UInt8>? {
    var searched = start
    while true {
      if let end = block[searched...].firstIndex(of: Self.newline) {
        defer { start = end + 1 }
        lineNumber += 1
        return block[start..<end]
      }
      guard block.count - start <= RecordLine.byteLimit else {
        throw .wrongExport("line \(lineNumber + 1) is too long")
      }
      block.removeFirst(start)
      start = 0
      searched = block.count
      guard let more = try next() else {
        guard block.isEmpty else { throw .wrongExport("it is cut in line \(lineNumber + 1)") }
        return nil
      }
      fileHash.update(more.rawSpan)
      byteCount += UInt64(more.count)
      block += more
    }
  }

  private static let newline = UInt8(ascii: "\n")
}
