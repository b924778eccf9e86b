import SnapshotInput
import SnapshotReading
import VerificationModel

extension RowAssessment {
  /// Flags the values that share a nonce or IV with another write under their key, of which `groups` tells.
  mutating func flag(_ groups: NonceGroups) {
    for number in groups.reused.joined() {
      let layer: Layer = store.list.candidates[number].isLive ? .live : .history
      if policy.layers.contains(layer) { flagged.append(FlaggedRow(.nonceReuse, layer, number)) }
    }
  }
}

extension NonceGroups {
  /// Searches the values in scope. Those that keys show to be altered are no writes, and those that the configuration of
  /// `comparison` exempts are not looked at. O(candidates).
  init(of candidates: SegmentedArray<Candidate>, _ comparison: ConfigurationComparison?) {
    func mark(_ candidate: Candidate) -> NonceMark {
      candidate.isCounted(by: comparison) && !candidate.isSpoilt ? candidate.nonce : .none
    }
    self.init(candidates.lazy.map(mark), count: candidates.count) { mark(candidates[$0]) }
  }
}
