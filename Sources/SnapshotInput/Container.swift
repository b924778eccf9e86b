/// A container or compression format in which a snapshot may be wrapped, recognised by its first bytes.
public enum Container: String, CaseIterable, Hashable, Sendable {
  case gzip
  case zlib
  case zstd
  case xz
  case lz4
  case bzip2
  case zip
  case tar

  /// Bytes that ``init(recognizing:)`` looks at.
  public static let probeBytes = 512

  /// The format whose mark stands at the start of `bytes`; nil when there is none.
  ///
  /// Marks: RFC 1952 (gzip), RFC 1950 (zlib), RFC 8878 (zstd), the formats' own specifications for the rest; POSIX
  /// `ustar` at byte 257 for tar. Before those of zstd and lz4 may be frames that hold other data.
  public init?(recognizing bytes: [UInt8]) {
    if let frame = Self.skippableFrameBytes(bytes) {
      self.init(recognizing: Array(bytes.dropFirst(frame)))
      guard self == .zstd || self == .lz4 else { return nil }
      return
    }
    let marks: [(Container, [UInt8])] = [
      (.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
      (.lz4, [0x04, 0x22, 0x4D, 0x18]), (.bzip2, Array("BZh".utf8)), (.zip, [0x50, 0x4B, 0x03, 0x04]),
    ]
    if let (container, _) = marks.first(where: { bytes.starts(with: $0.1) }) {
      self = container
    } else if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) {
      self = .tar
    } else if bytes.count >= 2, bytes[0] == 0x78, (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0 {
      self = .zlib
    } else {
      return nil
    }
  }

  /// Bytes in the skippable frame at the start of `bytes`; nil when there is none (RFC 8878, 3.1.2; lz4 has the same).
  private static func skippableFrameBytes(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 8, bytes[0] & 0xF0 == 0x50, bytes[1...].starts(with: [0x2A, 0x4D, 0x18]) else { return nil }
    return 8 + bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
