import ArgumentParser

/// The value of `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// Whether text is colored on this standard output.
  var isOn: Bool {
    switch self {
    case .auto: StandardOutput.isColorTerminal
    case .always: true
    case .never: false
    }
  }
}
