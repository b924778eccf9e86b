import BoltFormat
import EtcdStorage

/// The SHA-256 that `etcdctl snapshot save` puts behind the pages: where it stands, and what follows it.
public enum TrailerSummary: Sendable, Hashable {
  /// There is none.
  case absent
  /// The file's length says that there is one here; it was not looked at.
  case announced(at: ByteOffset)
  /// It stands here, whether it matches or not, and `appendedBytes` follow.
  case present(at: ByteOffset, appendedBytes: UInt64)
  /// It was cut: of its 32 bytes, `bytesLeft` are left.
  case cut(at: ByteOffset, bytesLeft: UInt64)

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
