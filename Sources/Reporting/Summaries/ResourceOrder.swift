/// The order in which reports name resources: Secrets, which matter most, then the others by name.
enum ResourceOrder {
  /// Whether `lhs` is named before `rhs`.
  static func precedes(_ lhs: String, _ rhs: String) -> Bool {
    lhs != rhs && (lhs == "secrets" || rhs != "secrets" && lhs < rhs)
  }
}
