import StrictYAML

extension Linter {
  /// What the file holds beside the configuration, and around it: L29 and L30.
  mutating func checkSource() {
    if let wrapping = configuration.wrapping {
      add(
        .wrapped, at: ConfigurationPlace(line: wrapping.line, path: ""),
        wrapping.form == .document
          ? "the configuration is not the first document of the file, and an API server reads only that"
          : "the configuration is in \(wrapping.noun) (\(wrapping.path)): an API server can't read the file itself")
    }
    for other in configuration.others {
      switch other.reason {
      case .laterDocument:
        add(.ignoredDocument, at: other.place, "an API server ignores this document" + Self.content(of: other))
      case .alsoWrapped:
        add(
          .wrapped, at: ConfigurationPlace(line: other.place.line, path: ""),
          "the file holds another configuration, which was not checked"
            + (other.place.path.isEmpty ? "" : " (\(other.place.path))") + Self.content(of: other),
          remedy: "Save each configuration as a file of its own, and check each.")
      }
    }
  }

  private static func content(of other: OtherConfiguration) -> String {
    if !other.resources.isEmpty { return "; it names \(other.resources.listed)" }
    return other.kind.map { "; its kind is \(QuotableText($0))" } ?? ""
  }
}
