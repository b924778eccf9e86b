extension BinaryInteger {
  /// The number and what it counts, such as `1 page` and `12 pages`.
  package func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
