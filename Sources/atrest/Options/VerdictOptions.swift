import ArgumentParser

/// What a snapshot must be to pass.
struct VerdictOptions: ParsableArguments {
  /// Findings whose details are kept at most: one takes some kilobytes.
  private static let mostFindings = 100_000

  @Option(
    help: ArgumentHelp("The least severity that fails (default: high, or the policy's).", valueName: "severity"))
  var failOn: FailureThreshold?

  @Flag(help: "Let a snapshot pass even if it holds nothing that must be encrypted.")
  var allowEmpty = false

  @Flag(help: "Treat a missing SHA-256 as an error.")
  var requireHash = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Keep the details of this many findings, at most \(mostFindings) (default: 10000). The counts are always exact.
      """, valueName: "n"),
    transform: { try WholeNumber.value(of: $0, atMost: Self.mostFindings) })
  var maxFindings = 10_000

  @Flag(
    help: "Text: list the objects that can be read from each file, by namespace, with their data key names and layers.")
  var listExposed = false
}
