extension [UInt8] {
  /// The bytes, without copying them.
  @inlinable
  package var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get {
      // Sound: a byte is initialized memory of any pattern.
      unsafe span.bytes
    }
  }

  /// A copy of `bytes`.
  @inlinable
  package init(copying bytes: RawSpan) {
    self.init()
    append(bytes)
  }

  /// Adds a copy of `bytes`.
  @inlinable
  package mutating func append(_ bytes: RawSpan) {
    // Sound: the buffer is read inside the call that lends it.
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// Makes this a copy of `bytes`, in the memory there is when that suffices.
  @inlinable
  package mutating func replace(with bytes: RawSpan) {
    removeAll(keepingCapacity: true)
    append(bytes)
  }
}
