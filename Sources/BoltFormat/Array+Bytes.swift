extension [UInt8] {
  /// A copy of `span`.
  init(copying span: RawSpan) {
    self.init()
    replace(with: span)
  }

  /// Makes this a copy of `span`, in the memory there is when that suffices.
  mutating func replace(with span: RawSpan) {
    removeAll(keepingCapacity: true)
    // Sound: the buffer is read inside the call that lends it.
    unsafe span.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// The bytes, without copying them.
  @inlinable
  var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get {
      // Sound: a byte is initialized memory of any pattern.
      unsafe span.bytes
    }
  }
}
