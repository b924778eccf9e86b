/// Where the values of several runs lie.
public struct Spread: Codable, Hashable, Sendable {
  /// The middle one; of an even number, the mean of the two in the middle.
  public let median: Double
  /// The least one.
  public let least: Double
  /// The greatest one.
  public let greatest: Double

  /// The spread of `values`; nil of none.
  public init?(of values: [Double]) {
    let sorted = values.sorted()
    guard let least = sorted.first, let greatest = sorted.last else { return nil }
    let middle = sorted.count / 2
    median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    self.least = least
    self.greatest = greatest
  }
}
