extension ObjectDraft {
  /// Reads a JSON object, whatever follows it; nil when it is damaged. Of members that occur twice the last one counts.
  init?(json text: RawSpan, collecting fields: DataFields? = nil) {
    let (draft, _, error) = Self.read(json: text, collecting: fields)
    guard error == nil else { return nil }
    self = draft
  }

  /// What `text` tells up to the end of the object, or up to where it is damaged: then the error says why and where.
  static func read(
    json text: RawSpan, collecting fields: DataFields? = nil
  ) -> (draft: ObjectDraft, end: Int, error: SyntaxError?) {
    var draft = ObjectDraft(collecting: fields)
    var reader = JSONReader(text)
    do throws(SyntaxError) {
      try draft.read(&reader, text)
    } catch {
      return (draft, reader.position, error)
    }
    return (draft, reader.position, nil)
  }

  private mutating func read(_ reader: inout JSONReader, _ text: RawSpan) throws(SyntaxError) {
    guard try reader.next() == .objectStart else { throw SyntaxError(.unexpectedByte, at: 0) }
    var section: ObjectSection?
    var member: JSONString?
    while let token = try reader.next() {
      switch (token, reader.depth) {
      case (.key(let key), 1): section = ObjectSection(rawValue: BoundedText(key, in: text).string)
      case (.objectStart, 2): member = nil
      case (.arrayStart, 2):
        member = nil
        if let section, section.isData { fields?.isSound = false }
      case (.key(let key), 2): member = key
      case (.string(let string), 1):
        if let section { record(BoundedText(string, in: text).string, as: section) }
      case (.string(let string), 2):
        if let section, let member { record(string, as: member, of: section, in: text) }
      case (.null, 1):
        if let section, section.isData { fields?.forget(section) }
      case (.null, 2):
        if let section, let member, section.isData { _ = record(nil, named: .json(member), in: section, of: text) }
      case (.number, 1...2), (.boolean, 1...2), (.arrayStart, 3), (.objectStart, 3):
        // No API server reads these as data.
        if let section, section.isData { fields?.isSound = false }
      default: break
      }
    }
  }

  private mutating func record(
    _ string: JSONString, as member: JSONString, of section: ObjectSection, in text: RawSpan
  ) {
    if section.isData {
      _ = record(.json(string), named: .json(member), in: section, of: text)
    } else if section == .metadata {
      record(BoundedText(string, in: text).string, asMetadata: BoundedText(member, in: text).string)
    }
  }
}
