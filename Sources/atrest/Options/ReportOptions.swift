import ArgumentParser

/// The files that a report is written to.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .customLong(Self.name),
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Also write the report to a file, there whole or not at all; may be repeated (see below).",
      valueName: "format=file"),
    completion: .list(ReportRequest.beginnings),
    transform: ReportRequest.init(argument:))
  var reports: [ReportRequest] = []

  /// The option's long name.
  static let name = "report"

  /// Makes sure that what the formats need is there.
  func check(_ hash: HashOption) throws {
    guard !hash.noHash || !reports.contains(where: { $0.format == .intoto }) else {
      throw ValidationError("--report intoto names snapshots by their SHA-256: leave --no-hash out")
    }
  }
}
