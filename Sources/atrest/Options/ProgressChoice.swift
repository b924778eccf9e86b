import ArgumentParser

/// The value of `--progress`.
enum ProgressChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// The form in which progress is shown on this standard error; nil when it is not.
  func form(isQuiet: Bool) -> ProgressDisplay.Form? {
    let form = StandardError.isTerminal ? ProgressDisplay.Form.line : .log
    return switch self {
    case .auto: form == .line && !isQuiet ? form : nil
    case .always: form
    case .never: nil
    }
  }
}
