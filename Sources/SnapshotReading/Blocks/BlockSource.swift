import VerificationModel

/// Where the blocks of a file come from. Each function fills a buffer from its beginning.
enum BlockSource: Sendable {
  /// Bytes that come one after another: as many as are asked for, unless they end. Answers how many came.
  case inOrder(@Sendable (inout [UInt8], Int) throws(VerificationError) -> Int)
  /// So many bytes that can be read at any offset, by several threads at once: all that are asked for, from an offset on.
  case atOffsets(UInt64, @Sendable (inout [UInt8], Int, UInt64) throws(VerificationError) -> Void)
}
