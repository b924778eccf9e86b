import TestSupport

@testable import ByteViews
@testable import EtcdStorage

/// What is counted and hashed while rows come by. The input is steps: what is done (1), how many bytes follow (1), and these.
enum FiguresTarget: FuzzTarget {
  static let name = "figures"
  static let summary = "hash, newest rows and trailers: against a checksum bit by bit, and a dictionary"
  static let longestInput = 2048

  static func seeds() -> [[UInt8]] {
    let row = EtcdWriter.Row(main: 2, keyValue: .init(key: Array("foo".utf8), value: Array("bar".utf8)))
    let bytes = row.boltKey + row.keyValue.encoded
    let step = [UInt8(bytes.count)] + bytes
    return [
      [4, 3] + Array("key".utf8) + [0] + step + [0] + step + [5, 1, 7] + [4, 1, 9] + [0] + step,
      [6, 4, 0, 2, 1, 1] + [6, 4, 0, 3, 1, 1] + [6, 4, 1, 3, 1, 1] + [6, 4, 0, 1, 1, 2] + [6, 4, 0, 1, 1, 2],
      [7, 4, 0x20, 0x10, 0, 0x10] + [7, 4, 0, 0x10, 0, 0x10] + [7, 4, 0x10, 0x10, 0, 0x10],
    ]
  }

  static func complaints(about input: [UInt8]) -> [String] {
    var complaints = Complaints()
    var hashes = HashedRows()
    var index = KeyIndex()
    var newest: [[UInt8]: KeyIndex.Newest] = [:]
    let digests = KeyDigest.Maker()
    var rest = input[...]
    while let step = rest.popFirst(), let count = rest.popFirst() {
      let bytes = Array(rest.prefix(Int(count)))
      rest = rest.dropFirst(Int(count))
      switch step % 8 {
      case 4: hashes.enter(bytes)
      case 5: hashes.addNested(bytes)
      case 6 where bytes.count > 3:
        let row = KeyIndex.Newest(
          revision: Revision(main: Int64(bytes[1]), sub: Int64(bytes[2])), isTombstone: bytes[0] & 1 == 1)
        let key = Array(bytes.dropFirst(3))
        index.note(digests.digest(of: key.rawSpan), row.revision, isTombstone: row.isTombstone)
        let isNewer = newest[key].map { $0.revision.isOlder(than: row.revision, ofTombstone: row.isTombstone) } ?? true
        if isNewer || newest[key] == row { newest[key] = row }
      case 7 where bytes.count > 3: complaints.list(trailerComplaints(bytes))
      default: hashes.add(bytes)
      }
    }
    complaints.list(hashes.complaints)
    index.settle()
    complaints.expect(index.count, equals: newest.count, "keys")
    complaints.expect(index.liveCount, equals: newest.values.count { !$0.isTombstone }, "live keys")
    for (key, row) in newest {
      complaints.expect(index.newest(of: digests.digest(of: key.rawSpan)), equals: row, "the newest row of a key")
    }
    complaints.expect(
      index.newest(of: digests.digest(of: [1, 2, 3].rawSpan)) == nil || newest[[1, 2, 3]] != nil, "a key")
    return complaints.list
  }

  private static func trailerComplaints(_ bytes: [UInt8]) -> [String] {
    var complaints = Complaints()
    let (file, image) = (UInt64(bytes[1]) << 8 | UInt64(bytes[0]), UInt64(bytes[3]) << 8 | UInt64(bytes[2]))
    let trailer = Trailer(fileBytes: file, imageBytes: image)
    for start in trailer.candidates + [trailer.mismatched].compactMap(\.self) {
      complaints.expect(start + Trailer.byteCount <= file, "a trailer at \(start) of \(file) bytes")
    }
    complaints.expect(trailer.cutBytes.map { $0 > 0 && $0 < 32 } ?? true, "a cut trailer of \(trailer.cutBytes as Any)")
    complaints.expect(Set(trailer.candidates).count, equals: trailer.candidates.count, "places of a trailer")
    return complaints.list
  }
}
