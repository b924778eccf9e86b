import TestSupport

/// Mutations of bbolt files, whose checksums are right behind them, mostly.
enum SnapshotSealing {
  static func mutated(
    _ bytes: [UInt8], atMost limit: Int, _ random: inout SeededGenerator, _ mutateBytes: ByteMutation
  ) -> [UInt8] {
    let changesBytes = random.isOne(in: 3) || bytes.count < 1024
    var file = SnapshotMutation(changesBytes ? mutateBytes(bytes, limit) : bytes)
    if !changesBytes {
      for _ in 0..<random.count(1...3) { file.mutate(&random) }
    }
    // Some files keep their wrong checksums.
    if !random.isOne(in: 16) {
      file.sealMetas()
      if let trailer = file.trailer { file.seal(SnapshotDigest.of(file.bytes.prefix(trailer.lowerBound))) }
    }
    return file.bytes
  }
}
