import ArgumentParser

/// The value of an option that counts something.
enum WholeNumber {
  /// The number that `text` stands for. Throws a clause that names the bounds when it is none, or outside of `range`.
  static func value(of text: String, in range: ClosedRange<Int>) throws -> Int {
    guard let value = Int(text), range.contains(value) else {
      throw ValidationError("it must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// The number that `text` stands for, but no more than the `most`.
  static func value(of text: String, atMost most: Int) throws -> Int {
    guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      throw ValidationError("it must be a whole number, 0 or more")
    }
    return min(most, Int(text) ?? most)
  }
}
