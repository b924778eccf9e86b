/// The grammar of JSON (RFC 8259), held against a whole text.
public enum JSONSyntax {
  /// The offset of the first byte that is no part of one JSON value, or at which more would have to follow; nil when
  /// `text` is one JSON value, with nothing but white space around it. What lies more than 128 deep counts as none. O(n).
  public static func firstFault(in text: RawSpan) -> Int? {
    var reader = JSONReader(text)
    do throws(SyntaxError) {
      while try reader.next() != nil { continue }
    } catch {
      return error.offset
    }
    return reader.isAtEnd ? nil : text.skippingSpace(from: reader.position)
  }
}
