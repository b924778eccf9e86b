import ArgumentParser

/// The files that a report is written to.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .customLong("report"),
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Also write the report to a file, there whole or not at all; may be repeated (see below).",
      valueName: "format=file"),
    transform: ReportRequest.init(argument:))
  var reports: [ReportRequest] = []

  /// Makes sure that what the formats need is there.
  func check(_ hash: HashOption) throws {
    guard !hash.noHash || !reports.contains(where: { $0.format == .intoto }) else {
      throw ValidationError("--report intoto names snapshots by their SHA-256: leave --no-hash out")
    }
  }
}
