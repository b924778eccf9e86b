/// The members of a stored object that an outline is made of.
enum ObjectSection: String {
  case apiVersion
  case kind
  case type
  case metadata
  case data
  case stringData
}

extension ObjectDraft {
  /// Takes the text of a top-level member; of members that occur twice the last one counts.
  mutating func record(_ text: String, as section: ObjectSection) {
    switch section {
    case .apiVersion: apiVersion = text
    case .kind: kind = text
    case .type: type = text
    case .metadata, .data, .stringData: break
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
}
