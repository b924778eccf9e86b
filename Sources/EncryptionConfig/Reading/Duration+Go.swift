extension Duration {
  /// A span of time as Go writes it (time.ParseDuration): `3s`, `1m30s`, `1.5h`, `-2ms`, `0`. Nil when it is not so
  /// written, or longer than about 292 years.
  init?(go text: String) {
    var rest = text.utf8[...]
    var sign = 1.0
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      sign = first == UInt8(ascii: "-") ? -1 : 1
      rest.removeFirst()
    }
    if rest.elementsEqual("0".utf8) {
      self = .zero
      return
    }
    guard !rest.isEmpty else { return nil }
    var nanoseconds = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
      rest.removeFirst(number.count)
      let unit = rest.prefix { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ".") }
      rest.removeFirst(unit.count)
      guard let value = Self.value(Substring(number)), let scale = Self.nanoseconds[String(Substring(unit))] else {
        return nil
      }
      nanoseconds += value * scale
    }
    guard nanoseconds < Double(Int64.max) else { return nil }
    self = .nanoseconds(Int64(sign * nanoseconds))
  }

  private static let nanoseconds: [String: Double] = [
    "ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9,
  ]

  /// Digits with at most one point among them, which may stand at either end.
  private static func value(_ text: Substring) -> Double? {
    guard text.utf8.contains(where: { $0 != UInt8(ascii: ".") }) else { return nil }
    return Double(text.hasPrefix(".") ? "0\(text)" : String(text))
  }
}
