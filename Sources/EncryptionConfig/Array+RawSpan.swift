extension [UInt8] {
  /// The bytes, without copying them.
  var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get {
      // Sound: a byte is initialized memory of any pattern.
      unsafe span.bytes
    }
  }
}
