import TestSupport

@testable import ByteViews
@testable import KubernetesStorage

/// Deflate data, with zlib as the twin.
enum DeflateTarget: FuzzTarget {
  static let name = "deflate"
  static let summary = "deflate data: our reader and zlib unpack the same bytes, and refuse the same"
  private static let limit = 1 << 20

  static func seeds() -> [[UInt8]] {
    let texts = [StoredSecret.json, Array(StoredValues.yaml.utf8), [UInt8](repeating: 7, count: 4000), [], [1]]
    // Without the head and the check of zlib.
    return texts.map { Array(Wrapping.zlib($0).dropFirst(2).dropLast(4)) }
      + [[1, 3, 0, 0xFC, 0xFF, 1, 2, 3], [0, 0, 0, 0xFF, 0xFF, 3, 0]]
  }

  static func complaints(about bytes: [UInt8]) -> [String] {
    var complaints = Complaints()
    var reader = DeflateReader(bytes.rawSpan, from: 0, isWhole: true, atMost: limit)
    let end = reader.read()
    let plain = Inflation(bytes, atMost: limit)
    switch end {
    case .ended(let at, let decoded, _):
      complaints.expect(plain?.bytesRead, equals: at, "where the data end")
      complaints.expect(plain?.bytes.count, equals: decoded, "bytes unpacked")
      complaints.expect(plain?.bytes == reader.decoded, "other bytes are unpacked")
    case .broken: complaints.expect(plain == nil, "zlib reads \(plain?.bytesRead ?? 0) bytes to an end, and we don't")
    case .limited:
      // What is read, and tables, count too; a stored block is refused whole.
      complaints.expect(
        plain == nil || reader.examined + 2 * 65_536 > limit, "zlib comes to an end far within the limit, and we don't")
    case .goesOn: complaints.expect(false, "reading to the end stops before it")
    }
    complaints.expect(reader.examined <= limit + 65_536, "\(reader.examined) bytes are examined")
    var hasty = DeflateReader(bytes.rawSpan, from: 0)
    _ = hasty.read()
    _ = hasty.isConvincing
    return complaints.list
  }
}
