extension String {
  /// The pieces between the spaces: where several spaces stand in a row, some are empty, so that joining the words by
  /// spaces makes the text again.
  var words: [String] { split(separator: " ", omittingEmptySubsequences: false).map(String.init) }

  /// The text without spaces at its end.
  var trimmedAtEnd: String {
    guard let last = unicodeScalars.lastIndex(where: { $0 != " " }) else { return "" }
    return String(unicodeScalars[...last])
  }
}
