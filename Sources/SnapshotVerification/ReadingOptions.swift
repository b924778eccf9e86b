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
  /// Processors that there are.
  var processors = Processors.available
  /// Threads that take in pages; nil: one for each processor that the hash leaves.
  var workers: Int?
  /// Bytes that are read at once, rounded up to whole pages; a power of two.
  var blockBytes = BlockRing.blockBytes

  /// Whether the hash is taken by a thread of its own: on one processor, it would only keep the other from its work.
  var hashesBeside: Bool { processors > 1 }

  /// How many threads take in pages, where the hash is taken or not.
  func workers(takingHash: Bool) -> Int {
    // The hash can be taken by one of them, not by several.
    if takingHash, !hashesBeside { return 1 }
    return workers ?? max(1, min(processors, 8) - (takingHash ? 1 : 0))
  }
}
