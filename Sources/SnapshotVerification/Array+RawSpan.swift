extension [UInt8] {
  /// Adds a copy of `bytes`.
  mutating func append(_ bytes: RawSpan) {
    // Sound: the buffer is read inside the call that lends it.
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}
