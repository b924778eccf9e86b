/// A key that stands in texts, and may not show in what is said of them.
enum FuzzedKey {
  /// 32 random bytes in base64, made once, and never used elsewhere.
  static let text = "q83vEjRWeJCrze8SNFZ4kCtqUqS2cjYtEnYl1pRZQmM="

  /// Digits of 16 bytes in base64.
  private static let shortest = 22

  /// Whether as many characters of it in a row stand in `message` as the shortest key has.
  static func shows(in message: String) -> Bool {
    let (key, message) = (Array(text.utf8), Array(message.utf8))
    let parts = Set((0...key.count - shortest).map { Array(key[$0..<$0 + shortest]) })
    guard message.count >= shortest else { return false }
    return (0...message.count - shortest).contains { parts.contains(Array(message[$0..<$0 + shortest])) }
  }
}
