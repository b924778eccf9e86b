/// A key that stands in texts, and may not show in what is said of them.
enum FuzzedKey {
  /// 32 random bytes in base64, made once, and never used elsewhere.
  static let text = "q83vEjRWeJCrze8SNFZ4kCtqUqS2cjYtEnYl1pRZQmM="

  /// Whether twelve characters of it in a row stand in `message`.
  static func shows(in message: String) -> Bool {
    let (key, message) = (Array(text.utf8), Array(message.utf8))
    let parts = Set((0...key.count - 12).map { Array(key[$0..<$0 + 12]) })
    guard message.count >= 12 else { return false }
    return (0...message.count - 12).contains { parts.contains(Array(message[$0..<$0 + 12])) }
  }
}
