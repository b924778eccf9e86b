/// Bytes that can be read at any place: a file, or memory.
public protocol ByteSource: Sendable {
  /// The number of bytes there are.
  var byteCount: UInt64 { get }

  /// Puts the `count` bytes from `offset` on at the front of `buffer`, which grows when it is shorter; what it holds
  /// behind them is left as it is.
  ///
  /// Throws ``BoltError/Code/readFailed`` when not all of them can be had.
  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError)
}
