/// What came of the attempt to open one encrypted value.
public enum Decryption: Hashable, Sendable {
  /// It was opened: the buffer holds what was encrypted.
  case opened
  /// The key does not fit the value, or the value was altered. The buffer is empty.
  case refused
  /// No key could open it: it is shorter than its fixed parts, or no whole number of blocks. The buffer is empty.
  case malformed
}
