extension ObjectDraft {
  /// Reads a CBOR map, tagged or not, whatever follows it; nil when it is damaged. Of members that occur twice the last
  /// one counts.
  init?(cbor value: RawSpan) {
    let (draft, _, error) = Self.read(cbor: value)
    guard error == nil else { return nil }
    self = draft
  }

  /// What `value` tells up to the end of the map, or up to where it is damaged: then the error says why and where.
  static func read(cbor value: RawSpan) -> (draft: ObjectDraft, end: Int, error: SyntaxError?) {
    var draft = ObjectDraft()
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
      case (.mapStart, 2), (.arrayStart, 2): member = nil
      case (.key(let key), 2): member = key
      case (.string(let string), 1):
        if let section { record(BoundedText(string, in: value).string, as: section) }
      case (.string(let string), 2):
        if let section, let member { record(string, as: member, of: section, in: value) }
      case (.null, 2):
        if let member, section == .data || section == .stringData {
          data.record(BoundedText(member, in: value).string, bytes: 0)
        }
      default: break
      }
    }
  }

  private mutating func record(
    _ string: CBORString, as member: CBORString, of section: ObjectSection, in value: RawSpan
  ) {
    let member = BoundedText(member, in: value).string
    switch section {
    case .metadata: record(BoundedText(string, in: value).string, asMetadata: member)
    case .data: data.record(member, bytes: string.decodedCount(in: value))
    case .stringData: data.record(member, bytes: string.count(in: value))
    case .apiVersion, .kind, .type: break
    }
  }
}
