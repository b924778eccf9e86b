/// Collects the flags of `APIServerOutline.Flag.Name` from a command line, argument by argument.
struct FlagList {
  typealias Flag = APIServerOutline.Flag

  private(set) var flags: [Flag] = []
  /// The flag whose value is the next argument.
  private var pending: Flag.Name?

  /// Takes the next argument: `--name=value`, or `--name`, whose value is the argument behind it.
  ///
  /// spf13/pflag: a boolean flag without a value is true and takes no further argument. k8s.io/component-base
  /// cli/flag: an underscore in a name counts as a hyphen.
  mutating func append(_ argument: String) {
    if let name = pending {
      pending = nil
      record(name, argument)
      return
    }
    guard argument.hasPrefix("--") else { return }
    let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let text = String(parts[0].map { $0 == "_" ? "-" : $0 })
    guard let name = Flag.Name(rawValue: text) else { return }
    if parts.count == 2 {
      record(name, String(parts[1]))
    } else if name == .encryptionProviderConfigAutomaticReload {
      record(name, "true")
    } else {
      pending = name
    }
  }

  private mutating func record(_ name: Flag.Name, _ value: String) {
    guard flags.count < APIServerOutline.maximumFlags else { return }
    flags.append(Flag(name: name, value: value))
  }
}
