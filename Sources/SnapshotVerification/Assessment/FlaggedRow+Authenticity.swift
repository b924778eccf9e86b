import SnapshotInput
import SnapshotReading
import VerificationModel

extension FlaggedRow {
  /// The finding that the keys led to about a value; nil when there is none.
  init?(judging candidate: Candidate, _ layer: Layer, _ number: Int) {
    switch candidate.authenticity {
    case .notJudged, .authentic: return nil
    case .refused: self.init(.authenticationFailed, layer, number, .wrongKeyOrAltered)
    case .altered: self.init(.authenticationFailed, layer, number, .altered)
    case .unplaced: self.init(.authenticationFailed, layer, number, .originNotSearched)
    case .notAnObject: self.init(.unrecognizedValue, layer, number, .noObject)
    case .moved: self.init(.valueMoved, layer, number)
    }
  }
}
