/// Which of several words somebody may have meant who wrote another.
package enum Spelling {
  /// The words like `text`, best first, at most `limit`: those that begin with it, those of which it is part, an option of the
  /// same name, and those with few letters put in, left out or exchanged. O(number of words × product of lengths).
  package static func nearest(to text: String, among words: [String], limit: Int) -> [String] {
    let written = Array(text.lowercased().utf8.prefix(64))
    let distances = words.compactMap { word -> (Int, String)? in
      let right = Array(word.utf8)
      if written.count >= 3, word.utf8.starts(with: written) { return (-1, word) }
      if written.count >= 3, word.utf8.firstRange(of: written) != nil { return (0, word) }
      if written.starts(with: "--".utf8), written.dropFirst(2).elementsEqual(right) { return (0, word) }
      let distance = editDistance(written, right)
      return distance <= max(2, right.count / 4) ? (distance, word) : nil
    }
    return distances.sorted(by: <).prefix(limit).map(\.1)
  }

  /// How many letters have to be put in, left out or exchanged to come from one to the other. O(product of lengths).
  private static func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var above = Array(0...other.count)
    for (row, letter) in one.enumerated() {
      var current = [row + 1]
      for column in other.indices {
        let exchange = above[column] + (letter == other[column] ? 0 : 1)
        current.append(min(exchange, above[column + 1] + 1, current[column] + 1))
      }
      above = current
    }
    return above[other.count]
  }
}
