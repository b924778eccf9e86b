/// Collects what does not hold.
struct Complaints {
  private(set) var list: [String] = []

  /// Notes `what` unless it `holds`.
  mutating func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { list.append(what()) }
  }

  /// Notes `what` unless both are equal.
  mutating func expect<Value: Equatable>(_ one: Value, equals other: Value, _ what: @autoclosure () -> String) {
    if one != other { list.append("\(what()): \(one), and then \(other)") }
  }

  /// Notes `what` unless the range lies in so many bytes.
  mutating func expect(_ range: Range<Int>?, in count: Int, _ what: @autoclosure () -> String) {
    guard let range else { return }
    if range.lowerBound < 0 || range.upperBound > count { list.append("\(what()): \(range) of \(count) bytes") }
  }
}

extension Complaints {
  /// Notes all of `others`.
  mutating func list(_ others: [String]) { for other in others { expect(false, other) } }
}
