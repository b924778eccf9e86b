/// The names of the members around a token of a JSON text, as far as they are among `Member`.
struct MemberPath<Member: RawRepresentable> where Member.RawValue == String {
  /// How deep the members lie that an outline is made of.
  private static var maximumDepth: Int { 4 }

  private var members = [Member?](repeating: nil, count: maximumDepth)

  /// The member at `depth`, 1 … 4, 1 being the whole text's; nil of any other name, and where an array is.
  subscript(depth: Int) -> Member? { members[depth - 1] }

  /// Takes the next token of `text`, behind which `depth` arrays and objects are open. O(1), but for the length of names.
  mutating func follow(_ token: JSONToken, depth: Int, in text: RawSpan) {
    guard (1...Self.maximumDepth).contains(depth) else { return }
    switch token {
    case .key(let key): members[depth - 1] = Member(rawValue: BoundedText(key, in: text).string)
    case .objectStart, .arrayStart: members[depth - 1] = nil
    default: break
    }
  }
}
