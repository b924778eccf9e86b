import EncryptionConfig

/// Why no API server would start with a configuration.
struct LintTextRefusals {
  let refusals: [ConfigurationError]

  /// The lines; none without errors, or where the first line has told the only one.
  func lines(_ style: Style) -> [String] {
    guard refusals.count > 1 else { return [] }
    let listed = refusals.prefix(style.limit())
    let rest = refusals.count - listed.count
    return [style.verdict(.error, "Errors (\(refusals.count))")]
      + listed.flatMap {
        PrintableText($0.description).description.words.paragraph(indent: 2, hanging: 4, width: style.width)
      }
      + (rest > 0 ? [style.dim(style.cut("\(rest) more"))] : [])
  }
}
