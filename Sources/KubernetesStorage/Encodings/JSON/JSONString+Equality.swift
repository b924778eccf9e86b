extension JSONString {
  /// Whether the unescaped string is `text`. O(length), without allocation unless there are escapes.
  func equals(_ text: StaticString, in json: RawSpan) -> Bool {
    hasEscapes ? BoundedText(self, in: json).string == text.description : json.extracting(content).equals(text)
  }
}
