extension ObjectDraft {
  /// Reads a CBOR map, tagged or not, whatever follows it; nil when it is damaged. Of members that occur twice the last
  /// one counts.
  init?(cbor value: RawSpan, collecting fields: DataFields? = nil) {
    let (draft, _, error) = Self.read(cbor: value, collecting: fields)
    guard error == nil else { return nil }
    self = draft
  }

  /// What `value` tells up to the end of the map, or up to where it is damaged: then the error says why and where.
  static func read(
    cbor value: RawSpan, collecting fields: DataFields? = nil
  ) -> (draft: ObjectDraft, end: Int, error: SyntaxError?) {
    var draft = ObjectDraft(collecting: fields)
    var reader = CBORReader(value)
    do throws(SyntaxError) {
      try draft.read(&reader, value)
    } catch {
      return (draft, reader.position, error)
    }
    return (draft, reader.position, nil)
  }

  private mutating func read(_ reader: inout CBORReader, _ value: RawSpan) throws(SyntaxError) {
    guard try reader.next() == .mapStart else { throw SyntaxError(.unexpectedByte, at: 0) }
    var section: ObjectSection?
    var member: CBORString?
    while let token = try reader.next() {
      switch (token, reader.depth) {
      case (.key(let key), 1): section = ObjectSection(rawValue: BoundedText(key, in: value).string)
      case (.mapStart, 2): member = nil
      case (.arrayStart, 2):
        member = nil
        if let section, section.isData { fields?.isSound = false }
      case (.key(let key), 2): member = key
      case (.string(let string), 1):
        if let section { record(BoundedText(string, in: value).string, as: section) }
      case (.string(let string), 2):
        if let section, let member { record(string, as: member, of: section, in: value) }
      case (.null, 1):
        if let section, section.isData { fields?.forget(section) }
      case (.null, 2):
        if let section, let member, section.isData { _ = record(nil, named: .cbor(member), in: section, of: value) }
      case (.other, 1...2), (.arrayStart, 3), (.mapStart, 3):
        // No API server reads these as data.
        if let section, section.isData { fields?.isSound = false }
      default: break
      }
    }
  }

  private mutating func record(
    _ string: CBORString, as member: CBORString, of section: ObjectSection, in value: RawSpan
  ) {
    if section.isData {
      _ = record(.cbor(string), named: .cbor(member), in: section, of: value)
    } else if section == .metadata {
      record(BoundedText(string, in: value).string, asMetadata: BoundedText(member, in: value).string)
    }
  }
}
