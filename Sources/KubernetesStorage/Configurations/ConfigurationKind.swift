import ByteViews

/// The name of the kind EncryptionConfiguration, and how to find it fast.
enum ConfigurationKind {
  /// Up to Kubernetes 1.12 the kind was called by the first 16 letters.
  static let name = Array("EncryptionConfiguration".utf8)
  /// How long the older name is.
  static let olderCount = 16

  /// What the name becomes in base64, but for digits that other bytes have a part in: at a multiple of three bytes, one
  /// and two behind.
  private static let base64 = [
    "RW5jcnlwdGlvbkNvbmZpZ3VyYXRpb2", "VuY3J5cHRpb25Db25maWd1cmF0aW9u", "FbmNyeXB0aW9uQ29uZmlndXJhdGlvb",
  ]

  private static let words = WordSet(of: base64 + ["EncryptionConfig"])
  private static let base64Words = WordSet(of: base64)

  /// Whether one of the names may occur in `value`, in base64 too; no is certain, unless a line break in base64 parts
  /// the older name.
  ///
  /// Fifteen bytes, wherever they lie, cover a whole word at a multiple of eight; so these words alone are looked at. Of
  /// the newer name's digits, a line break leaves fifteen in one piece. O(length).
  static func mayOccur(in value: RawSpan) -> Bool {
    var start = 0
    while let offset = words.offset(in: value, from: start) {
      if base64Words.contains(value.word(at: offset)) || occurs(in: value, around: offset) { return true }
      start = offset + 8
    }
    return false
  }

  /// Whether the older name begins at `offset` or up to eight bytes before.
  private static func occurs(in value: RawSpan, around offset: Int) -> Bool {
    (0...8).contains { value.holds("EncryptionConfig", at: offset - $0) }
  }
}
