/// A decimal unit of bytes, such as GB, which is 10⁹ of them.
struct ByteUnit: Hashable {
  /// Its symbol.
  let name: String
  /// Bytes in it.
  private let size: Double

  private static let gigabyte = ByteUnit(name: "GB", size: 1e9)
  private static let all = [
    ByteUnit(name: "B", size: 1), ByteUnit(name: "kB", size: 1e3), ByteUnit(name: "MB", size: 1e6), gigabyte,
    ByteUnit(name: "TB", size: 1e12), ByteUnit(name: "PB", size: 1e15), ByteUnit(name: "EB", size: 1e18),
  ]

  private init(name: String, size: Double) {
    self.name = name
    self.size = size
  }

  /// The greatest unit of which there is at least one in `bytes`.
  init(for bytes: Double) {
    self = Self.all.last { bytes >= $0.size } ?? Self.all[0]
  }

  /// So many bytes in this unit, such as `0.84`: with two decimals, unless the unit is the byte.
  func number(_ bytes: Double) -> String { (bytes / size).decimal(places: size == 1 ? 0 : 2) }

  /// So many bytes in the unit that suits them, such as `2.00 GB`.
  static func amount(_ bytes: UInt64) -> String {
    let unit = ByteUnit(for: Double(bytes))
    return "\(unit.number(Double(bytes))) \(unit.name)"
  }

  /// How fast so many bytes went by, such as `0.81 GB/s`: in GB/s from a tenth on, which is what disks and hashes are
  /// told in. nil where that can't be said.
  static func rate(_ bytes: UInt64, in duration: Duration) -> String? {
    guard bytes > 0, duration > .zero else { return nil }
    let perSecond = Double(bytes) / (duration / .seconds(1))
    let unit = perSecond >= 1e8 && perSecond < 1e9 ? gigabyte : ByteUnit(for: perSecond)
    return "\(unit.number(perSecond)) \(unit.name)/s"
  }
}
