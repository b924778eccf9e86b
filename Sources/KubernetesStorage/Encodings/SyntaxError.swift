/// Why bytes are not the JSON, CBOR or YAML of an object. Two errors are equal when code and offset are.
struct SyntaxError: Error, Hashable {
  enum Code {
    /// The bytes end inside a value, or a length reaches beyond them.
    case truncated
    /// A byte that the grammar does not allow here; in YAML, also what an API server does not write.
    case unexpectedByte
    /// A key that is no string: JSON has no other keys.
    case invalidKey
    /// More arrays and objects inside each other than the reader follows.
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
