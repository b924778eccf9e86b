extension [UInt8] {
  /// The bytes, without copying them.
  var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get {
      // Sound: a byte is initialized memory of any pattern.
      unsafe span.bytes
    }
  }

  /// Adds a copy of `bytes`.
  mutating func append(_ bytes: RawSpan) {
    // Sound: the buffer is read inside the call that lends it.
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}
