/// Where bytes come from, in order: a file or a pipe, or a decoder that unpacks others.
protocol ByteReader: AnyObject {
  /// Puts the next bytes at the front of `buffer`, which is not empty; answers how many, and 0 only at the end.
  ///
  /// When it throws, all bytes before the fault have been handed out.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}
