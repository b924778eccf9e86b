/// An argument or an option of a command, as ArgumentParser tells of it in JSON.
struct OptionOutline: Decodable {
  /// What it looks like in a call.
  let kind: Kind
  /// Whether help shows it.
  let shouldDisplay: Bool
  /// The title of its group.
  let sectionTitle: String?
  /// Whether it may be given several times.
  let isRepeating: Bool
  /// Its names; nil for an argument.
  let names: [Name]?
  /// What its value is called.
  let valueName: String?
  /// Its value where none is given.
  let defaultValue: String?
  /// The values that it can have, where these are known.
  let allValues: [String]?
  /// What it means.
  let abstract: String?

  enum Kind: String, Decodable {
    case positional
    case option
    case flag
  }

  struct Name: Decodable {
    let kind: Length
    let name: String

    enum Length: String, Decodable {
      case long
      case short
      case longWithSingleDash
    }

    /// The name without the first dash.
    var afterDash: String { kind == .long ? "-\(name)" : name }
  }

  /// Its names, the short ones first.
  var sortedNames: [Name] {
    let names = names ?? []
    return names.filter { $0.kind == .short } + names.filter { $0.kind != .short }
  }

  /// What it means, with its values and its default.
  var description: String {
    let sentences = abstract ?? ""
    guard let allValues else { return sentences }
    let standard = defaultValue.map { " (default: \($0))" } ?? ""
    return "\(sentences) Values: \(allValues.joined(separator: ", "))\(standard)."
  }
}
