/// How far a compressed or packed input may unfold: what keeps a file that was made to exhaust the machine from doing so.
///
/// Memory needs no limit here: a snapshot is unpacked block by block, with a window of at most 128 MiB.
public struct UnpackingLimits: Hashable, Sendable {
  /// Bytes that one snapshot may have once it is unpacked. etcd's own advice ends at 8 GiB.
  public var byteCount: UInt64
  /// How many times the bytes read of the input all that is unpacked from them may be, layer by layer.
  public var ratio: UInt64

  /// Bytes that may be unpacked at any ratio: so little harms nobody.
  static let harmlessBytes: UInt64 = 256 << 20
  /// Containers that may lie in one another.
  static let depth = 8
  /// Bytes of memory that a decoder may take for the window it copies from; `zstd --long` and `xz -9` stay below.
  static let windowBytes: UInt64 = 128 << 20

  /// Limits far above what snapshots need, unless others are given.
  public init(byteCount: UInt64 = 64 << 30, ratio: UInt64 = 200) {
    self.byteCount = byteCount
    self.ratio = ratio
  }
}
