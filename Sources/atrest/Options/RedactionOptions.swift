import ArgumentParser
import VerificationModel

/// What a report leaves out of names.
struct RedactionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Replace names, keys and paths by keyed digests; --redact=names keeps namespaces.", valueName: "names"),
    completion: .list(values), transform: Self.extent(_:))
  var redact: Policy.NameReplacement?

  @Option(
    help: ArgumentHelp(
      "The key of these digests, 16 bytes or more: with it, a name has one digest in all reports (default: a new key).",
      valueName: "file"),
    completion: .file())
  var redactKey: String?

  /// The option without a value. ArgumentParser knows no option whose value may be missing, so ``withValue(_:)`` gives it
  /// one.
  private static let option = "--\(name)"
  /// The option's long name.
  static let name = "redact"
  /// The values that are worth a word.
  static let values = [Policy.NameReplacement.names.rawValue]

  /// `words` with a value for the option, where it has none.
  static func withValue(_ words: [String]) -> [String] {
    let end = words.firstIndex(of: "--") ?? words.endIndex
    return words[..<end].map { $0 == option ? "\(option)=\(Policy.NameReplacement.all.rawValue)" : $0 } + words[end...]
  }

  /// `page`, a page of help, with the option as it is written.
  static func asWritten(_ page: String) -> String { page.replacing("\(option) <names>", with: "\(option)[=names]") }

  /// Whether an option of this long name may stand without its value.
  static func mayLackValue(_ name: String) -> Bool { "--\(name)" == option }

  private static func extent(_ text: String) throws -> Policy.NameReplacement {
    guard let extent = Policy.NameReplacement(rawValue: text) else {
      throw ValidationError("write --redact, or --redact=names, which keeps namespaces")
    }
    return extent
  }

  func validate() throws {
    guard redactKey != "" else {
      throw ValidationError("--redact-key names no file: is a variable unset that should hold the path?")
    }
    guard redactKey == nil || redact != nil else { throw ValidationError("--redact-key needs --redact") }
  }
}
