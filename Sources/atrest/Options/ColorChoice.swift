import ArgumentParser

/// The value of `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// The variables that decide where the option does not.
  static let environment = """
    NO_COLOR        Set to anything: text has no color, unless --color says otherwise.
    CLICOLOR_FORCE  Set to anything but 0: text has color, also in a pipe or a file.
                    NO_COLOR and --color win over it.
    TERM            dumb: text has no color on this terminal.
    """

  /// Whether text is colored on this standard output.
  var isOn: Bool {
    switch self {
    case .auto: StandardOutput.showsColor
    case .always: true
    case .never: false
    }
  }
}
