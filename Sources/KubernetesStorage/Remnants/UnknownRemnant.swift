import ByteViews

/// Where the fields of a `runtime.Unknown` lie behind `k8s\0`, of which the end may be missing (apimachinery
/// pkg/runtime/generated.proto).
struct UnknownRemnant {
  /// Field 1, with apiVersion and kind.
  private(set) var typeMeta: Range<Int>?
  /// Field 1 once more: of a message in two pieces, protobuf takes both (protobuf.dev, "Encoding").
  private(set) var secondTypeMeta: Range<Int>?
  /// Field 2, the object, as far as it is there.
  private(set) var raw: Range<Int>?
  /// Where it ends, or what is left of it does.
  private(set) var end = 4
  /// Whether the bytes end before one of its fields does.
  fileprivate let hasCutField: Bool
  /// Whether the bytes end before it does, which has all four fields where an API server wrote it.
  private(set) var isCut: Bool
  /// Bytes in it, were it whole; nil where it does not tell.
  private(set) var byteCount: Int?

  /// The longest contentEncoding or contentType: what claims more is no field.
  private static let longestContentType = 255
  /// How deep messages lie in one another that are followed.
  private static let depth = 16

  /// The fields of the message that `bytes` begin with: each once, the first two perhaps twice, in any order; of an object
  /// that is there twice, the last counts. O(1).
  init(_ bytes: RawSpan) {
    var reader = CutMessageReader(bytes, from: 4)
    // A bit for each of the four fields that is missing.
    var missing: UInt64 = 0b11110
    var mayRepeat: UInt64 = 0b00110
    while missing != 0, let field = reader.next(), let payload = field.payload, field.number <= 4,
      field.number <= 2 || field.byteCount <= Self.longestContentType, (missing | mayRepeat) >> field.number & 1 == 1
    {
      if missing >> field.number & 1 == 0 {
        mayRepeat &= ~(1 << field.number)
        if field.number == 1 { secondTypeMeta = payload }
      } else if field.number == 1 {
        typeMeta = payload
      }
      missing &= ~(1 << field.number)
      if field.number == 2 { raw = payload }
      end = payload.upperBound
      byteCount = payload.lowerBound + field.byteCount + 2 * missing.nonzeroBitCount
    }
    hasCutField = reader.isCut
    isCut = reader.isCut || end >= bytes.byteCount && missing != 0
  }

  /// Up to where in `bytes`, those it was read from, its own structure shows that they belong to it.
  ///
  /// Of an object that is there as a whole, that is all of it, if fields make up all of the object's message. Of one that is
  /// cut, it is what lies in front of the field that is cut, and of that the text with which it goes on: where that ends,
  /// something else may have begun. O(fields + text).
  func quotationEnd(in bytes: RawSpan) -> Int {
    guard let raw else { return end }
    let object = bytes.extracting(raw)
    var reader = CutMessageReader(object)
    while reader.next() != nil {}
    if !hasCutField { return reader.position == object.byteCount ? end : raw.lowerBound + reader.position }
    return raw.lowerBound + object.textEnd(depth: Self.depth)
  }
}

extension RawSpan {
  /// The bytes of the object in protobuf that this value begins with, if all of it is there and fields make up all of its
  /// message; nil otherwise. O(fields), without allocation.
  package var bytesOfWholeProtobufObject: Int? {
    guard holds("k8s\u{0}", at: 0) else { return nil }
    let unknown = UnknownRemnant(self)
    guard unknown.typeMeta != nil, unknown.raw != nil,
      !unknown.hasCutField, unknown.quotationEnd(in: self) == unknown.end
    else { return nil }
    return unknown.end
  }

  /// Where in this message, of which the end is missing, the text ends with which the innermost field goes on that is cut.
  fileprivate func textEnd(depth: Int) -> Int {
    var reader = CutMessageReader(self)
    while let field = reader.next() {
      guard reader.isCut, depth > 0, let payload = field.payload, !payload.isEmpty else { continue }
      return payload.lowerBound + extracting(payload).textEnd(depth: depth - 1)
    }
    guard reader.position == 0 else { return reader.position }
    var end = 0
    while let byte = peek(at: end), byte >= 0x20 && byte != 0x7F || (0x09...0x0D).contains(byte) { end += 1 }
    return end
  }
}
