extension SeededGenerator {
  /// A number of `range`.
  public mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// True once in `times`.
  public mutating func isOne(in times: Int) -> Bool { count(1...times) == 1 }

  /// One of `elements`.
  public mutating func one<Element>(of elements: [Element]) -> Element { elements[count(0...elements.count - 1)] }
}
