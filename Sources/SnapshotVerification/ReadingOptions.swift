/// How files are read. What is found does not depend on it.
struct ReadingOptions: Hashable, Sendable {
  /// Which reader is used.
  enum Reader: Hashable, Sendable {
    /// The scan; for what is not sound, the tree.
    case scan
    /// The tree alone.
    case tree
  }

  var reader = Reader.scan
  /// Threads that take in pages; nil: one for each processor that the hash leaves.
  var workers: Int?
  /// Bytes that are read at once, rounded up to whole pages; a power of two.
  var blockBytes = BlockRing.blockBytes

  /// How many threads take in pages, beside a thread for the hash or not.
  func workers(besideHash: Bool) -> Int {
    workers ?? max(1, min(Processors.available, 8) - (besideHash ? 1 : 0))
  }
}
