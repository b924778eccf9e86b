import CLMDB

extension RawSpan {
  /// Calls `body` with the bytes as LMDB takes keys and values, which it only reads.
  func withLMDBValue<Answer>(_ body: (inout MDB_val) -> Answer) -> Answer {
    // Sound: the pointer is used inside the call that lends it; no function that it is handed to writes through it.
    unsafe withUnsafeBytes { bytes in
      var value = unsafe MDB_val(
        mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
      return unsafe body(&value)
    }
  }
}
