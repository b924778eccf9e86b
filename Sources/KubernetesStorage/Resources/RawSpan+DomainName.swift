import ByteViews

extension RawSpan {
  /// Whether `range` is a fully qualified domain name: a DNS-1123 subdomain of at least two labels, one trailing dot
  /// allowed.
  ///
  /// apimachinery pkg/util/validation/validation.go, `IsFullyQualifiedDomainName`: at most 253 bytes; labels of 1 … 63
  /// lower-case letters, digits and hyphens, with no hyphen at either end.
  func isFullyQualifiedDomainName(in range: Range<Int>) -> Bool {
    var end = range.upperBound
    if end > range.lowerBound, byte(at: end - 1) == UInt8(ascii: ".") { end -= 1 }
    guard end - range.lowerBound <= 253 else { return false }
    var labels = 0
    var start = range.lowerBound
    for offset in range.lowerBound...end where offset == end || byte(at: offset) == UInt8(ascii: ".") {
      guard isDomainLabel(in: start..<offset) else { return false }
      labels += 1
      start = offset + 1
    }
    return labels >= 2
  }

  private func isDomainLabel(in range: Range<Int>) -> Bool {
    guard (1...63).contains(range.count) else { return false }
    for offset in range {
      let byte = byte(at: offset)
      let isEdge = offset == range.lowerBound || offset == range.upperBound - 1
      guard byte.isLowercaseLetter || byte.isDigit || (byte == UInt8(ascii: "-") && !isEdge) else { return false }
    }
    return true
  }
}
