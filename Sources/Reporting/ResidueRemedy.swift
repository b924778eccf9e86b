import SnapshotVerification

/// What to do about plaintext that is left over in bytes no live page owns: all steps, and which of them the snapshot shows
/// as done.
struct ResidueRemedy {
  let snapshot: SnapshotReport
  let tally: Tally

  /// One line for each step.
  var steps: [String] {
    [rewriting, compaction, "Defragment every member: etcdctl defrag --cluster", replacement, rotation].enumerated().map
    {
      "\($0.offset + 1). \($0.element)"
    }
  }

  private var rewriting: String {
    guard let live = tally.live else {
      return "Rewrite everything encrypted. Whether that is done was not examined: leave out --layers."
    }
    return live.encrypted == live.total
      ? "Rewrite everything encrypted: done, all \(tally.noun.counted(live.total)) are."
      : "Rewrite everything encrypted: not done for \(live.total - live.encrypted) of \(tally.noun.counted(live.total))."
  }

  private var compaction: String {
    guard let history = tally.history else {
      return "Compact the history. Whether that is done was not examined: leave out --layers."
    }
    let revision = snapshot.etcd.map { String($0.revision) } ?? "REVISION"
    return history.plaintext == 0
      ? "Compact the history: done, no old revision is plaintext."
      : "Compact the history: etcdctl compact --physical \(revision)"
  }

  private var replacement: String {
    "Take a new snapshot, verify that, and destroy this one and all copies of it."
  }

  private var rotation: String {
    let counts = snapshot.resources.compactMap(\.residue)
    let objects = counts.reduce(0) { $0 + $1.objects - $1.alsoReadable }
    return objects == 0
      ? "Rotate the credentials that were exposed."
      : "Rotate the credentials that were exposed: those in the \(objects.counted("object")) above."
  }
}
