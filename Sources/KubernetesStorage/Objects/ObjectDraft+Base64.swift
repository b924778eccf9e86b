extension ObjectDraft {
  /// Reads base64 of the protobuf encoding, whatever follows its digits; nil when a message in it is damaged.
  ///
  /// apiserver server/storage/storage_codec.go tries base64 after everything else, for what etcd2 left behind.
  init?(base64Protobuf text: RawSpan) {
    guard let draft = text.withBase64Decoded({ ObjectDraft(protobuf: $0) }) else { return nil }
    self = draft
  }
}
