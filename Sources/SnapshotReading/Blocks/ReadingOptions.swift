/// How files are read. What is found does not depend on it.
package struct ReadingOptions: Hashable, Sendable {
  /// Which reader is used.
  package enum Reader: Hashable, Sendable {
    /// The scan; for what is not sound, the tree.
    case scan
    /// The tree alone.
    case tree
  }

  /// How many snapshots are read at once unless told otherwise: one for each processor, for of the two threads of a
  /// snapshot one waits for the other a good part of the time; and at most 4, which read faster than most disks give
  /// (each hashes 1 to 2 GB/s), while every further one takes memory.
  package static var defaultJobs: Int { max(1, min(4, Processors.available)) }

  package var reader: Reader
  /// Processors that there are.
  package var processors: Int
  /// Threads that take in pages; nil: one for each processor that the hash leaves.
  package var workers: Int?
  /// Bytes that are read at once, rounded up to whole pages; a power of two.
  package var blockBytes: Int

  /// The scan, with what the machine has, unless told otherwise.
  package init(
    reader: Reader = .scan, processors: Int = Processors.available, workers: Int? = nil,
    blockBytes: Int = BlockRing.blockBytes
  ) {
    self.reader = reader
    self.processors = processors
    self.workers = workers
    self.blockBytes = blockBytes
  }

  /// Whether the hash is taken by a thread of its own: on one processor, it would only keep the other from its work.
  var hashesBeside: Bool { processors > 1 }

  /// How many threads take in pages, where the hash is taken or not.
  func workers(takingHash: Bool) -> Int {
    // The hash can be taken by one of them, not by several.
    if takingHash, !hashesBeside { return 1 }
    return workers ?? max(1, min(processors, 8) - (takingHash ? 1 : 0))
  }
}
