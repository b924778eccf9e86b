extension ObjectDraft {
  /// The member of the object that is being read.
  private enum Section {
    case other
    case apiVersion
    case kind
    case type
    case metadata
    case data
    case stringData

    init(_ key: JSONString, in text: RawSpan) {
      if key.equals("apiVersion", in: text) {
        self = .apiVersion
      } else if key.equals("kind", in: text) {
        self = .kind
      } else if key.equals("type", in: text) {
        self = .type
      } else if key.equals("metadata", in: text) {
        self = .metadata
      } else if key.equals("data", in: text) {
        self = .data
      } else if key.equals("stringData", in: text) {
        self = .stringData
      } else {
        self = .other
      }
    }
  }

  /// Reads a JSON object, whatever follows it; nil when it is damaged. Of members that occur twice the last one counts.
  init?(json text: RawSpan) {
    var reader = JSONReader(text)
    do throws(JSONError) {
      guard try reader.next() == .objectStart else { return nil }
      var section = Section.other
      var member: JSONString?
      while let token = try reader.next() {
        switch (token, reader.depth) {
        case (.key(let key), 1): section = Section(key, in: text)
        case (.objectStart, 2), (.arrayStart, 2): member = nil
        case (.key(let key), 2): member = key
        case (.string(let string), 1): record(string, as: section, in: text)
        case (.string(let string), 2):
          if let member { record(string, as: member, of: section, in: text) }
        case (.null, 2):
          if let member, section == .data || section == .stringData {
            data.record(BoundedText(member, in: text).string, bytes: 0)
          }
        default: break
        }
      }
    } catch {
      return nil
    }
  }

  private mutating func record(_ string: JSONString, as section: Section, in text: RawSpan) {
    switch section {
    case .apiVersion: apiVersion = BoundedText(string, in: text).string
    case .kind: kind = BoundedText(string, in: text).string
    case .type: type = BoundedText(string, in: text).string
    case .metadata, .data, .stringData, .other: break
    }
  }

  private mutating func record(_ string: JSONString, as member: JSONString, of section: Section, in text: RawSpan) {
    switch section {
    case .metadata:
      if member.equals("name", in: text) { name = BoundedText(string, in: text).string }
      if member.equals("namespace", in: text) { namespace = BoundedText(string, in: text).string }
    case .data:
      data.record(BoundedText(member, in: text).string, bytes: string.base64DecodedCount(in: text))
    case .stringData:
      data.record(BoundedText(member, in: text).string, bytes: string.utf8Count(in: text))
    case .apiVersion, .kind, .type, .other:
      break
    }
  }
}
