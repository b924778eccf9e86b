extension RawSpan {
  /// Whether these bytes come before `other`'s in bbolt's key order: unsigned bytewise, a prefix before its extension.
  @inlinable
  func precedes(_ other: RawSpan) -> Bool {
    let common = Swift.min(byteCount, other.byteCount)
    var offset = 0
    while offset + 8 <= common {
      let mine = integer(at: offset, as: UInt64.self, .big)
      let theirs = other.integer(at: offset, as: UInt64.self, .big)
      if mine != theirs { return mine < theirs }
      offset += 8
    }
    while offset < common {
      let mine = integer(at: offset, as: UInt8.self, .big)
      let theirs = other.integer(at: offset, as: UInt8.self, .big)
      if mine != theirs { return mine < theirs }
      offset += 1
    }
    return byteCount < other.byteCount
  }
}
