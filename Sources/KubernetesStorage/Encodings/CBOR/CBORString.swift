/// Where a byte or text string lies in CBOR; its heads have been checked.
struct CBORString: Hashable {
  /// Its bytes or, when it is chunked, the chunks with their heads.
  let content: Range<Int>
  /// Whether it was written with indefinite length (RFC 8949 §3.2.3).
  let isChunked: Bool
  /// A text string (major type 3), not a byte string.
  let isText: Bool
  /// Whether a tag in front says that the bytes are to be encoded later on, as they are not yet (RFC 8949 §3.4.5.2).
  let expectsLaterEncoding: Bool

  /// Its length in bytes. O(1) unless it is chunked.
  func count(in bytes: RawSpan) -> Int {
    guard isChunked else { return content.count }
    var source = CBORStringBytes(self, in: bytes)
    var count = 0
    while source.next() != nil { count += 1 }
    return count
  }

  /// How many bytes it stands for as the value of a Go `[]byte`. O(length).
  ///
  /// apimachinery pkg/runtime/serializer/cbor/internal/modes: `[]byte` is written as a byte string behind tag 22; a
  /// string without that tag is read as base64, as it would be in JSON. A byte string which is no base64 counts as it
  /// is.
  func decodedCount(in bytes: RawSpan) -> Int {
    if expectsLaterEncoding, !isText { return count(in: bytes) }
    var text = Base64Count()
    var source = CBORStringBytes(self, in: bytes)
    while let byte = source.next() { text.append(byte) }
    return isText || text.isWellFormed ? text.decoded : count(in: bytes)
  }
}
