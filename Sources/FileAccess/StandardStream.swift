/// Standard output or standard error, written piece by piece.
package enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  /// Writes all of `text`.
  package func write(_ text: String) throws(WriteFailure) { try Writing.all(of: text, to: rawValue) }
}
