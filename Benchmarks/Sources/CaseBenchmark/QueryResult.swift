import CommandBenchmark

/// The runs of one question about the whole case.
public struct QueryResult: Codable, Hashable, Sendable {
  /// The question as one would type it.
  public let title: String
  /// Seconds that its answer may take; nil when there is no limit.
  public let limit: Double?
  /// One sample for each round.
  public internal(set) var samples: [Sample] = []

  /// The spread of one quantity.
  public func spread(_ quantity: Quantity) -> Spread? { Spread(of: samples.map(quantity.value)) }
}
