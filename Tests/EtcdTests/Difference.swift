/// What differs first between the elements that were read and those that must be there; nil when nothing does.
///
/// The testing library would describe every difference, which takes forever where values have a million bytes.
func firstDifference<Element: Equatable>(_ read: [Element], _ expected: [Element]) -> String? {
  let count = max(read.count, expected.count)
  guard let place = (0..<count).first(where: { read.element($0) != expected.element($0) }) else { return nil }
  return "[\(place)] is \(read.text(place)), not \(expected.text(place))"
}

extension Array {
  fileprivate func element(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }

  fileprivate func text(_ index: Int) -> String {
    element(index).map { String(String(describing: $0).prefix(400)) } ?? "missing"
  }
}
