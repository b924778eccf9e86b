import VerificationModel

extension Policy {
  /// The value that `--fail-on` takes for this policy.
  var failOnOption: String { failOn?.rawValue ?? "never" }

  /// Layers that are not examined, in the order in which people name them.
  var unexaminedLayers: [Layer] { Layer.allCases.filter { !layers.contains($0) } }
}
