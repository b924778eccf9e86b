import ArgumentParser
import KubernetesStorage

/// What the ledger of an inspection takes for in scope.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A resource whose values the ledger counts as in scope; repeat it for several (default: secrets).",
      valueName: "resource"),
    completion: ResourceSelection.completion, transform: ResourceSelection.patterns(of:))
  var resource: [[ResourcePattern]] = []

  func validate() throws {
    if let mistake = ResourceSelection(resource).mistake { throw ValidationError(mistake) }
  }

  var patterns: [ResourcePattern] { ResourceSelection(resource).patterns }
}
