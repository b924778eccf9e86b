/// The SHA-256 that etcd puts behind a snapshot: 32 bytes, over everything before them.
///
/// etcd and etcdutl know it by the file's length alone, which then is 32 more than a multiple of 512
/// (client/v3/snapshot/v3_snapshot.go). The meta page says where the image ends, which tells bytes that were appended
/// from a hash that is missing.
public struct Trailer: Hashable, Sendable {
  /// Bytes in a trailer.
  public static let byteCount: UInt64 = 32

  /// Bytes in the file.
  public let fileBytes: UInt64
  /// Bytes in the bbolt image, by its meta page.
  public let imageBytes: UInt64

  /// A file of `fileBytes` whose meta page counts `imageBytes`.
  public init(fileBytes: UInt64, imageBytes: UInt64) {
    self.fileBytes = fileBytes
    self.imageBytes = imageBytes
  }

  /// Where a trailer may start, the most plausible place first.
  public var candidates: [UInt64] {
    var places: [UInt64] = []
    if fileBytes >= Self.byteCount, fileBytes - Self.byteCount >= imageBytes { places.append(imageBytes) }
    if isAnnouncedByLength, !places.contains(fileBytes - Self.byteCount) { places.append(fileBytes - Self.byteCount) }
    return places
  }

  /// Whether the length says that the file ends in a trailer.
  public var isAnnouncedByLength: Bool { fileBytes % 512 == Self.byteCount }

  /// Of a trailer that was cut short, the bytes that are left; nil when there are none or all.
  public var cutBytes: UInt64? {
    guard fileBytes > imageBytes, fileBytes - imageBytes < Self.byteCount else { return nil }
    return fileBytes - imageBytes
  }

  /// Where the trailer starts whose digest was expected to match, once none of ``candidates`` does; nil when the file
  /// has none. A file copied from a data directory has no trailer, and a length that is a multiple of 512.
  public var mismatched: UInt64? {
    if isAnnouncedByLength { return fileBytes - Self.byteCount }
    return fileBytes % 512 == 0 ? nil : candidates.first
  }
}
