extension ObjectDraft {
  /// Reads a mapping in block style; nil when there is none, and when the reader can't follow all of it. Of members that
  /// occur twice the last one counts.
  init?(yaml text: RawSpan) {
    var reader = YAMLReader(text)
    var hasMembers = false
    // Of a Secret, all of its data must be told; text of other kinds, a ConfigMap's say, may be folded.
    var hasUnreadData = false
    var section: ObjectSection?
    var memberIndent: Int?
    do throws(SyntaxError) {
      while let line = try reader.next() {
        switch line {
        case .member(0, let key, let value):
          guard let name = key.name(in: reader.text) else { return nil }
          hasMembers = true
          section = ObjectSection(rawValue: name)
          memberIndent = nil
          guard let section, let value, !value.isNull(in: reader.text) else { break }
          guard let string = value.name(in: reader.text) else { return nil }
          record(string, as: section)
        case .member(let indent, let key, let value):
          guard hasMembers else { return nil }
          guard let section else { break }
          guard indent >= memberIndent ?? indent else { return nil }
          if memberIndent == nil { memberIndent = indent }
          guard indent == memberIndent else { break }
          if let name = key.name(in: reader.text), record(value, as: name, of: section, in: reader.text) { break }
          guard section != .metadata else { return nil }
          hasUnreadData = true
        case .item(let indent):
          guard hasMembers else { return nil }
          // A sequence instead of the section's members.
          if memberIndent == nil { section = nil }
          guard section == nil || indent >= memberIndent ?? 0 else { return nil }
        }
      }
    } catch {
      return nil
    }
    guard hasMembers, !(hasUnreadData && isSecret) else { return nil }
  }

  /// False when the value can't be followed.
  private mutating func record(
    _ value: YAMLScalar?, as member: String, of section: ObjectSection, in text: RawSpan
  ) -> Bool {
    guard let value else { return true }
    let isNull = value.isNull(in: text)
    switch section {
    case .metadata where (member == "name" || member == "namespace") && !isNull:
      guard let string = value.name(in: text) else { return false }
      record(string, asMetadata: member)
    case .data:
      guard let count = isNull ? 0 : value.base64DecodedCount(in: text) else { return false }
      data.record(member, bytes: count)
    case .stringData:
      guard let count = isNull ? 0 : value.utf8Count(in: text) else { return false }
      data.record(member, bytes: count)
    case .apiVersion, .kind, .type, .metadata:
      break
    }
    return true
  }
}
