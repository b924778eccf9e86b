import TestSupport

/// A parser that meets foreign bytes, and what must hold whatever the bytes are.
///
/// libFuzzer makes them up (`scripts/fuzz`). The test suite replays the seeds, and every input that ever failed.
protocol FuzzTarget: Sendable {
  /// What the command line calls it.
  static var name: String { get }
  /// What is held against what, in a line.
  static var summary: String { get }
  /// The longest input that is worth its time, in bytes.
  static var longestInput: Int { get }
  /// Words of the format, which mutations put in.
  static var words: [[UInt8]] { get }

  /// Inputs to begin with.
  static func seeds() throws -> [[UInt8]]

  /// What does not hold of `bytes`, in sentences; none where all does. An error thrown is a complaint too.
  static func complaints(about bytes: [UInt8]) throws -> [String]

  /// Another input of at most `limit` bytes, made of `bytes`: with its checksums and lengths right, mostly.
  static func mutated(
    _ bytes: [UInt8], atMost limit: Int, _ random: inout SeededGenerator, _ mutateBytes: ByteMutation
  ) -> [UInt8]
}

/// Changes bytes in ways that know no format, and answers at most so many.
typealias ByteMutation = (_ bytes: [UInt8], _ limit: Int) -> [UInt8]

extension FuzzTarget {
  static var longestInput: Int { 4096 }
  static var words: [[UInt8]] { [] }

  static func mutated(
    _ bytes: [UInt8], atMost limit: Int, _ random: inout SeededGenerator, _ mutateBytes: ByteMutation
  ) -> [UInt8] {
    mutateBytes(bytes, limit)
  }
}
