import VerificationModel

extension ClassCounts {
  /// The values of both.
  static func + (lhs: ClassCounts, rhs: ClassCounts) -> ClassCounts {
    var sum = lhs
    sum.plaintext += rhs.plaintext
    sum.encrypted += rhs.encrypted
    sum.malformed += rhs.malformed
    sum.unknownEnvelope += rhs.unknownEnvelope
    sum.unrecognized += rhs.unrecognized
    sum.empty += rhs.empty
    return sum
  }
}
