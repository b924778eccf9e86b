import VerificationModel

/// A snapshot's `trailer`: where the SHA-256 behind the pages stands. What became of it, `file` tells.
struct InspectionRecordTrailer: Encodable {
  /// `present`, `announced` by the file's length and not looked at, `cut` or `absent`.
  let state: String
  let offset: UInt64?
  /// Of a cut one, the bytes that are left.
  let bytesLeft: UInt64?
  /// Bytes that follow it.
  let appendedBytes: UInt64?

  init(_ trailer: TrailerSummary) {
    switch trailer {
    case .absent: (state, offset, bytesLeft, appendedBytes) = ("absent", nil, nil, nil)
    case .announced(let place): (state, offset, bytesLeft, appendedBytes) = ("announced", place.rawValue, nil, nil)
    case .present(let place, let appended):
      (state, offset, bytesLeft, appendedBytes) = ("present", place.rawValue, nil, appended)
    case .cut(let place, let left): (state, offset, bytesLeft, appendedBytes) = ("cut", place.rawValue, left, nil)
    }
  }
}
