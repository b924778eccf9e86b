import ByteViews

/// A string of an object, by where it lies in the text, or the message, that the object was read from.
enum DataString {
  /// Bytes as they are: a string or bytes of a protobuf message.
  case bytes(Range<Int>)
  case json(JSONString)
  case cbor(CBORString)
  case yaml(YAMLScalar)

  /// The string as a name, cut like any.
  func text(in text: RawSpan) -> String {
    switch self {
    case .bytes(let range): BoundedText(text, in: range).string
    case .json(let string): BoundedText(string, in: text).string
    case .cbor(let string): BoundedText(string, in: text).string
    case .yaml(let scalar): BoundedText(scalar, in: text).string
    }
  }

  /// Its length in bytes; nil where it can't be followed. O(length).
  func count(in text: RawSpan) -> Int? {
    switch self {
    case .bytes(let range): range.count
    case .json(let string): string.utf8Count(in: text)
    case .cbor(let string): string.count(in: text)
    case .yaml(let scalar): scalar.utf8Count(in: text)
    }
  }

  /// How many bytes it stands for where the encoding writes bytes as base64; nil where it can't be followed. O(length).
  func decodedCount(in text: RawSpan) -> Int? {
    switch self {
    case .bytes(let range): range.count
    case .json(let string): string.base64DecodedCount(in: text)
    case .cbor(let string): string.decodedCount(in: text)
    case .yaml(let scalar): scalar.base64DecodedCount(in: text)
    }
  }
}
