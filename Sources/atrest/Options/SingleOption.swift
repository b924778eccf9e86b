/// An option whose value must not be lost, and that a call can have once: ArgumentParser would take the last and forget the
/// others without a word, a policy with all that it demands.
enum SingleOption {
  private static let names: [String: String] = [
    "--policy": "--policy", "--encryption-config": "--encryption-config", "-c": "--encryption-config",
    "--dek-seeds": "--dek-seeds", "--redact-key": "--redact-key", "--require-provider": "--require-provider",
    "--cluster": "--cluster",
  ]

  /// The first of them that `words` have twice; nil where there is none.
  static func repeated(in words: [String]) -> String? {
    var seen: Set<String> = []
    let options = words.prefix { $0 != "--" }
    return options.lazy.compactMap { names[String($0.prefix { $0 != "=" })] }.first { !seen.insert($0).inserted }
  }
}
