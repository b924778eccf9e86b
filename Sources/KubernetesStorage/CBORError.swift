/// Why bytes are not CBOR of a JSON-like object. Two errors are equal when code and offset are.
struct CBORError: Error, Hashable {
  enum Code {
    /// The bytes end inside an item, or a length reaches beyond them.
    case truncated
    /// A head, a break or a chunk that RFC 8949 does not allow here.
    case unexpectedByte
    /// A key that is no string: JSON has no other keys.
    case invalidKey
    /// More than `CBORReader.maximumDepth` arrays and maps inside each other.
    case tooDeep
  }

  let code: Code
  /// In bytes from the start.
  let offset: Int

  init(_ code: Code, at offset: Int) {
    self.code = code
    self.offset = offset
  }
}
