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

  /// The string that the object `text` has as its member `name`, cut like any name; nil when it has none, or is damaged. Of
  /// members that occur twice the last one counts. O(n).
  package static func text(of name: StaticString, in text: RawSpan) -> String? {
    var reader = JSONReader(text)
    var isWanted = false
    var found: String?
    do throws(SyntaxError) {
      guard try reader.next() == .objectStart else { return nil }
      while let token = try reader.next() {
        guard reader.depth == 1 else { continue }
        switch token {
        case .key(let key): isWanted = key.equals(name, in: text)
        case .string(let string) where isWanted: found = BoundedText(string, in: text).string
        default: break
        }
      }
    } catch {
      return nil
    }
    return found
  }
}
