import BoltFormat
import EtcdStorage
import SnapshotReading
import VerificationModel

extension TrailerSummary {
  /// The trailer of a file of `fileBytes`, as `hash` found it; nil where it was not looked for.
  init(_ hash: HashVerification?, fileBytes: UInt64, imageBytes: UInt64) {
    let trailer = Trailer(fileBytes: fileBytes, imageBytes: imageBytes)
    switch hash?.check {
    case .match:
      let end = hash?.findings.first { $0.rule == .trailingData }?.offset?.rawValue ?? fileBytes
      self = .present(at: ByteOffset(end - Trailer.byteCount), appendedBytes: fileBytes - end)
    case .mismatch:
      let place = trailer.mismatched ?? imageBytes
      self = .present(at: ByteOffset(place), appendedBytes: fileBytes - place - Trailer.byteCount)
    case .missing:
      self = trailer.cutBytes.map { .cut(at: ByteOffset(imageBytes), bytesLeft: $0) } ?? .absent
    case .skipped, nil:
      self = trailer.isAnnouncedByLength ? .announced(at: ByteOffset(fileBytes - Trailer.byteCount)) : .absent
    }
  }
}
