/// A number of bytes as people write it: `200MB`, `2GB`, `8GiB`.
///
/// | unit | bytes |
/// |---|---|
/// | `B`, or none | 1 |
/// | `kB`, `MB`, `GB` (or `K`, `M`, `G`) | 1000, 1000², 1000³ |
/// | `KiB`, `MiB`, `GiB` | 1024, 1024², 1024³ |
public struct ByteSize: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number.
  public let bytes: UInt64

  /// So many bytes.
  public init(bytes: UInt64) { self.bytes = bytes }

  private static let units: [(name: String, bytes: UInt64)] = [
    ("B", 1), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("K", 1000), ("M", 1_000_000),
    ("G", 1_000_000_000), ("KIB", 1 << 10), ("MIB", 1 << 20), ("GIB", 1 << 30), ("", 1),
  ]

  /// The size that `text` spells, in letters of either case; nil when it spells none.
  public init?(_ text: some StringProtocol) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).uppercased()
    guard let number = UInt64(digits), let factor = Self.units.first(where: { $0.name == unit })?.bytes else {
      return nil
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  /// The size in the largest unit that divides it, such as `200 MB`.
  public var description: String { parts.map { "\($0) \($1)" } ?? "\(bytes) B" }

  /// The same for a file's name: `200M`.
  public var label: String { parts.map { "\($0)\($1.dropLast())" } ?? "\(bytes)" }

  private var parts: (UInt64, String)? {
    let names = ["GB", "GiB", "MB", "MiB", "kB"]
    let units = names.compactMap { name in Self.units.first { $0.name == name.uppercased() }.map { (name, $0.bytes) } }
    let unit = units.first { bytes > 0 && bytes % $0.1 == 0 }
    return unit.map { (bytes / $0.1, $0.0) }
  }

  /// Whether `left` is fewer bytes.
  public static func < (left: ByteSize, right: ByteSize) -> Bool { left.bytes < right.bytes }
}
