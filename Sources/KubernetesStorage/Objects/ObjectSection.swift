/// The members of a stored object that an outline, or its contents, are made of.
enum ObjectSection: String {
  case apiVersion
  case kind
  case type
  case metadata
  case data
  case stringData
  case binaryData

  /// Whether its members are entries of the object's data.
  var isData: Bool { self == .data || self == .stringData || self == .binaryData }
}

extension ObjectDraft {
  /// Takes the text of a top-level member; of members that occur twice the last one counts.
  mutating func record(_ text: String, as section: ObjectSection) {
    switch section {
    case .apiVersion: apiVersion = text
    case .kind: kind = text
    case .type: type = text
    case .metadata: break
    case .data, .stringData, .binaryData: fields?.isSound = false
    }
  }

  /// Takes the text of a member of the metadata.
  mutating func record(_ text: String, asMetadata member: String) {
    switch member {
    case "name": name = text
    case "namespace": namespace = text
    default: break
    }
  }

  /// Takes an entry of the data, whose strings lie in `text`; nil stands for a null. False where its length can't be told.
  mutating func record(
    _ content: DataString?, named name: DataString, in section: ObjectSection, of text: RawSpan
  ) -> Bool {
    if fields != nil {
      fields?.record(content, named: name, in: section, of: text)
      return true
    }
    guard section != .binaryData else { return true }
    let isEncoded = section == .data
    guard let count = content.map({ isEncoded ? $0.decodedCount(in: text) : $0.count(in: text) }) ?? 0 else {
      return false
    }
    data.record(name.text(in: text), bytes: count)
    return true
  }
}
