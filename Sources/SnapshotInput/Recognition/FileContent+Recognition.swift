extension FileContent {
  /// What begins with `head`; nil when it is nothing that is known.
  ///
  /// - Parameter isWhole: whether nothing follows `head`.
  init?(of head: ArraySlice<UInt8>, isWhole: Bool) {
    if let signature = FileSignature.all.first(where: { $0.matches(head) }) {
      self = signature.content
    } else if head.allSatisfy({ $0 == 0 }) {
      self = .zeros
    } else if let text = TextHead(head, isWhole: isWhole), let content = text.content {
      self = content
    } else {
      return nil
    }
  }
}
