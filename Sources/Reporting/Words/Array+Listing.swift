extension [String] {
  /// The texts as a sentence lists them: `a`, `a and b`, `a, b and c`.
  package var listed: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + self[count - 1]
  }
}
