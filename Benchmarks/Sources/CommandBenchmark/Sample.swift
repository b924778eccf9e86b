/// What one run of a command took.
public struct Sample: Codable, Hashable, Sendable {
  /// Seconds from the start of the first program to the end of the last.
  public let wall: Double
  /// Seconds of processor time, of all programs, in user mode and in the kernel.
  public let processor: Double
  /// The most memory that a program had at once, in bytes.
  public let peakBytes: Int

  /// A sample.
  public init(wall: Double, processor: Double, peakBytes: Int) {
    self.wall = wall
    self.processor = processor
    self.peakBytes = peakBytes
  }
}
