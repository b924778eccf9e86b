import ByteViews

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The lines of an export of records, as `Schema.md` has them.
enum RecordLine {
  /// The most bytes of a line: more than the log can have of one act.
  static let byteLimit = 64 << 20

  /// The first line.
  static let first = #"{"type":"records","form":\#(CaseTable.version)}"#

  /// The line of an entry.
  static func record(_ table: CaseTable, _ key: RawSpan, _ value: RawSpan) -> String {
    #"{"type":"record","table":"\#(table.rawValue)","key":"\#(base64(key))","value":"\#(base64(value))"}"#
  }

  /// The last line: how many entries there are, and the SHA-256 of the lines before.
  static func last(_ count: Int, _ digest: String) -> String {
    #"{"type":"end","records":\#(count),"sha256":"\#(digest)"}"#
  }

  /// The entry of which `line` is; nil where it is no such line. A line has one form only.
  static func record(_ line: ArraySlice<UInt8>) -> CaseRecord? {
    let parts = line.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    // What stands between the quotation marks: {, type, :, record, …, }.
    guard parts.count == 17, let table = CaseTable(rawValue: String(decoding: parts[7], as: UTF8.self)),
      let key = bytes(base64: parts[11]), let value = bytes(base64: parts[15]),
      record(table, key.rawSpan, value.rawSpan).utf8.elementsEqual(line)
    else { return nil }
    return CaseRecord(table: table, key: key, value: value)
  }

  private static func base64(_ bytes: RawSpan) -> String { Data([UInt8](copying: bytes)).base64EncodedString() }

  private static func bytes(base64 text: ArraySlice<UInt8>) -> [UInt8]? {
    Data(base64Encoded: Data(text)).map { [UInt8]($0) }
  }
}
