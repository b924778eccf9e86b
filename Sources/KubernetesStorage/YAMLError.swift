/// Why text is not YAML of the kind that an API server writes. Two errors are equal when offsets are.
struct YAMLError: Error, Hashable {
  /// Where the reader could not follow, in bytes from the start of the text.
  let offset: Int
}
