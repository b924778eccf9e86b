/// The runs of one command on one file.
public struct Measurement: Codable, Hashable, Sendable {
  /// What was run.
  public let command: Command
  /// One sample for each round.
  public internal(set) var samples: [Sample] = []
  /// Why there are no samples.
  public internal(set) var failure: String?

  /// A measurement of `command`.
  public init(_ command: Command, samples: [Sample] = [], failure: String? = nil) {
    self.command = command
    self.samples = samples
    self.failure = failure
  }

  /// The spread of one quantity; nil when the command failed.
  public func spread(_ quantity: Quantity) -> Spread? {
    failure == nil ? Spread(of: samples.map(quantity.value)) : nil
  }
}
