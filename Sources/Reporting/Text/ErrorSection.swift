import VerificationModel

/// Why something could not be verified.
struct ErrorSection {
  let errors: [VerificationError]
  /// How many more there are than `errors`.
  let omitted: Int

  /// The lines; none without errors.
  func lines(_ style: Style) -> [String] {
    let total = errors.count + omitted
    guard total > 0 else { return [] }
    let listed = errors.prefix(style.limit())
    let rest = total - listed.count
    let remark =
      listed.count < errors.count ? style.cut("\(rest) more") : "  … and \(rest) more, which were counted alone"
    return [style.verdict(.error, "Errors (\(total))")]
      + listed.flatMap { sentence(of: $0).words.paragraph(indent: 2, hanging: 4, width: style.width) }
      + (rest > 0 ? [style.dim(remark)] : [])
  }

  /// The message after its code, unless it begins with it anyway.
  private func sentence(of error: VerificationError) -> String {
    let heading = error.code + ": "
    return PrintableText(error.message.hasPrefix(heading) ? error.message : heading + error.message).description
  }
}
