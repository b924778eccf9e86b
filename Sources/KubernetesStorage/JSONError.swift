/// Why text is not JSON. Two errors are equal when code and offset are.
struct JSONError: Error, Hashable {
  enum Code {
    /// The text ends inside a value.
    case truncated
    /// A byte that the grammar does not allow here.
    case unexpectedByte
    /// More than `JSONReader.maximumDepth` arrays and objects inside each other.
    case tooDeep
  }

  let code: Code
  /// In bytes from the start of the text.
  let offset: Int

  init(_ code: Code, at offset: Int) {
    self.code = code
    self.offset = offset
  }
}
