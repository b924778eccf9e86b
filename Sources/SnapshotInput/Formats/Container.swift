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
  /// What compress(1) writes, `.Z`.
  case compress
  /// LZW without a mark, as Gardener's etcd-backup-restore writes it; known by what it unpacks to alone.
  case lzw

  /// Bytes that ``init(recognizing:)`` looks at.
  public static let probeBytes = 512

  /// The format whose mark stands at the start of `bytes`; nil when there is none.
  ///
  /// Marks: RFC 1952 (gzip), RFC 1950 (zlib), RFC 8878 (zstd), the formats' own specifications for the rest; POSIX
  /// `ustar` at byte 257 for tar, or, as before 1988, the checksum of its header alone. Before those of zstd and lz4 may be frames that hold other data.
  public init?(recognizing bytes: [UInt8]) {
    if let frame = Self.skippableFrameBytes(bytes) {
      self.init(recognizing: Array(bytes.dropFirst(frame)))
      guard self == .zstd || self == .lz4 else { return nil }
      return
    }
    let marks: [(Container, [UInt8])] = [
      (.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
      (.lz4, [0x04, 0x22, 0x4D, 0x18]), (.bzip2, Array("BZh".utf8)), (.zip, [0x50, 0x4B, 0x03, 0x04]),
      (.compress, [0x1F, 0x9D]),
    ]
    if let (container, _) = marks.first(where: { bytes.starts(with: $0.1) }) {
      self = container
    } else if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) || Self.isHeaderOfOldTar(bytes) {
      self = .tar
    } else if bytes.count >= 2, bytes[0] == 0x78, (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0 {
      self = .zlib
    } else {
      return nil
    }
  }

  /// Whether `bytes` begin with a header of tar as Unix V7 had it: a name, and at byte 148 in six octal digits the sum of
  /// all bytes of the header, its own counted as spaces.
  private static func isHeaderOfOldTar(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 512, bytes[0] != 0, let sum = octal(bytes[148..<156]) else { return false }
    let spaces = 8 * 0x20
    return sum == bytes[..<148].reduce(spaces) { $0 + Int($1) } + bytes[156..<512].reduce(0) { $0 + Int($1) }
  }

  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
    return Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }

  /// Bytes in the skippable frame at the start of `bytes`; nil when there is none (RFC 8878, 3.1.2; lz4 has the same).
  private static func skippableFrameBytes(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 8, bytes[0] & 0xF0 == 0x50, bytes[1...].starts(with: [0x2A, 0x4D, 0x18]) else { return nil }
    return 8 + bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

extension [Container] {
  /// In what a file was packed that lies in these containers, outermost first: `gzip`, or `gzip in zstd`; nil where it was
  /// not, and where it is an entry of an archive as it stands.
  package var compression: String? {
    let layers = reversed().prefix { $0 != .tar && $0 != .zip }
    return layers.isEmpty ? nil : layers.map(\.rawValue).joined(separator: " in ")
  }
}
