/// Lines of output as a document shows them; one that is `[…]` stands for any number of lines.
struct Excerpt: Sendable {
  /// The line that stands for others.
  static let gap = "[…]"

  let lines: [String]

  /// The lines between the gaps. Where a gap comes first or last, that part has no lines.
  private var parts: [[String]] {
    lines.split(separator: Self.gap, omittingEmptySubsequences: false).map(Array.init)
  }

  /// The part that does not stand in `output` where it must; nil when all do.
  func missingPart(in output: [String]) -> [String]? {
    var rest = output[...]
    for (index, part) in parts.enumerated() {
      let start = index == 0 ? rest.startIndex : rest.firstRange(of: part)?.lowerBound
      guard let start, rest[start...].starts(with: part) else { return part }
      rest = rest[(start + part.count)...]
    }
    return lines.last == Self.gap || rest.isEmpty ? nil : Array(rest)
  }

  /// The same parts as `output` has them now. A part begins and ends with the lines of `output` that have most words in
  /// common with its first and its last one, so the result is to be read before it is believed.
  func renewed(from output: [String]) -> [String] {
    let parts = parts
    guard parts.count > 1 else { return output }
    var rest = output[...]
    let renewed = parts.enumerated().map { index, part -> [String] in
      guard let first = part.first, let last = part.last else { return [] }
      let start = index == 0 ? rest.startIndex : Self.mostSimilar(to: first, in: rest)
      let end =
        index == parts.count - 1
        ? rest.endIndex : Self.mostSimilar(to: last, in: rest[start...].prefix(2 * part.count + 2)) + 1
      defer { rest = rest[end...] }
      return Array(rest[start..<end])
    }
    return Array(renewed.joined(separator: [Self.gap]))
  }

  private static func mostSimilar(to line: String, in lines: ArraySlice<String>) -> Int {
    let words = Set(line.split(separator: " "))
    func similarity(_ other: String) -> Double {
      let others = Set(other.split(separator: " "))
      return Double(words.intersection(others).count) / Double(max(1, words.union(others).count))
    }
    return lines.indices.max { similarity(lines[$0]) < similarity(lines[$1]) } ?? lines.startIndex
  }
}
