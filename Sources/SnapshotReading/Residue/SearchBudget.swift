/// Bytes that the search of residue may examine: so many for each byte of the input, whatever the input claims.
///
/// Finds may lie inside each other, and their lengths may be lies: the bytes of a find are examined anew for each find
/// that claims them. Each of these is charged here, and a second reading of the same input goes on with what is left.
package struct SearchBudget: Sendable {
  /// Bytes that may be examined for each byte of the input. Rows and objects as etcd leaves them take about three.
  static let perByte: UInt64 = 16
  /// Bytes that may be examined in any case.
  package static let fixed: UInt64 = 1 << 20

  /// Bytes of input.
  package private(set) var input: UInt64 = 0
  /// Bytes that were examined.
  package private(set) var examined: UInt64 = 0
  /// Whether something was not examined for lack of budget.
  private(set) var isOverdrawn = false

  /// Takes note of bytes of input.
  package mutating func add(input bytes: Int) { input += UInt64(bytes) }

  /// Takes note of bytes that were examined.
  mutating func charge(_ bytes: Int) { examined += UInt64(bytes) }

  /// How many bytes may be examined yet.
  var left: Int { Int(clamping: Self.fixed + input * Self.perByte - min(examined, Self.fixed + input * Self.perByte)) }

  /// Whether more may be examined. What is asked about when it may not is given up.
  mutating func isLeft() -> Bool {
    // Sound: no input has so many bytes that sixteen times as many were more than 64 bits hold.
    let isLeft = examined < Self.fixed + input * Self.perByte
    isOverdrawn = isOverdrawn || !isLeft
    return isLeft
  }
}
