/// What of a sample is looked at.
public enum Quantity: String, Codable, Sendable {
  case wall, processor, memory

  /// This part of `sample`: seconds, or bytes.
  package func value(of sample: Sample) -> Double {
    switch self {
    case .wall: sample.wall
    case .processor: sample.processor
    case .memory: Double(sample.peakBytes)
    }
  }
}
