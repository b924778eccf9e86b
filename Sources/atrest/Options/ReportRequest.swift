import ArgumentParser
import RuleCatalog

/// The value of `--report`: a format, and the file to write it to.
struct ReportRequest {
  /// The format.
  let format: ReportFileFormat
  /// The path of the file, as the caller gave it.
  let path: String

  /// What a value may begin with: a format and the sign behind it.
  static let beginnings = ReportFileFormat.allCases.map { "\($0.rawValue)=" }

  /// Reads `argument`. Throws a clause that says what is wrong with it.
  init(argument: String) throws {
    guard let sign = argument.firstIndex(of: "=") else {
      throw ValidationError("write FORMAT=FILE, such as sarif=report.sarif; the formats are \(ReportFileFormat.names)")
    }
    let name = String(argument[..<sign])
    guard let format = ReportFileFormat(rawValue: name) else { throw Self.unknown(name) }
    path = String(argument[argument.index(after: sign)...])
    self.format = format
    guard !path.isEmpty else {
      throw ValidationError("\(name) has no file: is a variable unset that should hold the path?")
    }
    guard path != "-" else {
      throw ValidationError("'-' is no file: --format chooses what standard output gets")
    }
  }

  private static func unknown(_ name: String) -> ValidationError {
    let names = ReportFileFormat.allCases.map(\.rawValue)
    let meant = Spelling.nearest(to: name, among: names, limit: 1).first.map { "; did you mean '\($0)'?" } ?? ""
    return ValidationError("'\(name)' is no format; the formats are \(ReportFileFormat.names)\(meant)")
  }
}
