extension ObjectDraft {
  /// Reads a mapping in block style; nil when there is none, and when the reader can't follow all of it. Of members that
  /// occur twice the last one counts.
  init?(yaml text: RawSpan, collecting fields: DataFields? = nil) {
    self.fields = fields
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
          guard let section, let value else { break }
          guard !value.isNull(in: reader.text) else {
            self.fields?.forget(section)
            break
          }
          guard let string = value.name(in: reader.text) else { return nil }
          record(string, as: section)
        case .member(let indent, let key, let value):
          guard hasMembers else { return nil }
          guard let section else { break }
          guard indent >= memberIndent ?? indent else { return nil }
          if memberIndent == nil { memberIndent = indent }
          guard indent == memberIndent else { break }
          if record(value, as: key, of: section, in: reader.text) { break }
          guard section != .metadata else { return nil }
          hasUnreadData = true
        case .item(let indent):
          guard hasMembers else { return nil }
          // A sequence instead of the section's members.
          if memberIndent == nil {
            if let section, section.isData { self.fields?.isSound = false }
            section = nil
          }
          guard section == nil || indent >= memberIndent ?? 0 else { return nil }
        }
      }
    } catch {
      return nil
    }
    guard hasMembers, !(hasUnreadData && isSecret) else { return nil }
    if hasUnreadData { self.fields?.isSound = false }
  }

  /// False when the value can't be followed.
  private mutating func record(
    _ value: YAMLScalar?, as key: YAMLScalar, of section: ObjectSection, in text: RawSpan
  ) -> Bool {
    guard let member = key.name(in: text) else { return false }
    guard let value else {
      // Nothing, or what is nested: an API server reads the one only.
      if section.isData { fields?.isSound = false }
      return true
    }
    let isNull = value.isNull(in: text)
    switch section {
    case .metadata where (member == "name" || member == "namespace") && !isNull:
      guard let string = value.name(in: text) else { return false }
      record(string, asMetadata: member)
    case .data, .stringData, .binaryData:
      return record(isNull ? nil : .yaml(value), named: .yaml(key), in: section, of: text)
    case .apiVersion, .kind, .type, .metadata:
      break
    }
    return true
  }
}
