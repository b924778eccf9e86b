/// A binary unit of bytes, such as GiB, which is 2³⁰ of them.
struct ByteUnit: Hashable {
  /// Its symbol.
  let name: String
  /// Bytes in it.
  private let size: Double

  private static let gibibyte = ByteUnit(name: "GiB", size: 0x1p30)
  private static let all = [
    ByteUnit(name: "B", size: 1), ByteUnit(name: "KiB", size: 0x1p10), ByteUnit(name: "MiB", size: 0x1p20), gibibyte,
    ByteUnit(name: "TiB", size: 0x1p40), ByteUnit(name: "PiB", size: 0x1p50), ByteUnit(name: "EiB", size: 0x1p60),
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

  /// So many bytes in the unit that suits them, such as `2.00 GiB`.
  static func amount(_ bytes: UInt64) -> String {
    let unit = ByteUnit(for: Double(bytes))
    return "\(unit.number(Double(bytes))) \(unit.name)"
  }

  /// How fast so many bytes went by, such as `0.81 GiB/s`: in GiB/s from a tenth on, so that disks and hashes can be
  /// compared. nil where that can't be said.
  static func rate(_ bytes: UInt64, in duration: Duration) -> String? {
    guard bytes > 0, duration > .zero else { return nil }
    let perSecond = Double(bytes) / (duration / .seconds(1))
    let unit = perSecond >= 0.1 * gibibyte.size && perSecond < gibibyte.size ? gibibyte : ByteUnit(for: perSecond)
    return "\(unit.number(perSecond)) \(unit.name)/s"
  }
}
