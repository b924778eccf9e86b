import BoltFormat

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
}
