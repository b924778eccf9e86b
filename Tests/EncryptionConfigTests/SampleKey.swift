/// Keys for files of tests: random bytes, made once, and never used elsewhere.
enum SampleKey {
  static let a = "7C5mB0SyP0cX3tdN0Qb1F4j8r9mYgqv5y3b1k2T7m2I="
  static let b = "b6H1fK2q0mY8xJ5cVd9sW3eR7tZ4uP1oL0nM6aQ2gEk="
  /// 16 bytes.
  static let short = "pX2sQ9vB7nL4mR1tK8wZcA=="

  /// An aescbc provider, in flow style.
  static func aescbc(_ name: String = "key1", _ secret: String = a) -> String { local("aescbc", name, secret) }
  /// An aesgcm provider, in flow style.
  static func aesgcm(_ name: String = "key1", _ secret: String = a) -> String { local("aesgcm", name, secret) }
  /// A secretbox provider, in flow style.
  static func secretbox(_ name: String = "key1", _ secret: String = a) -> String { local("secretbox", name, secret) }
  /// A KMS v2 plugin, in flow style.
  static let kms = "kms: {apiVersion: v2, name: vault, endpoint: 'unix:///run/kms/plugin.sock'}"
  /// Identity, in flow style.
  static let identity = "identity: {}"

  private static func local(_ provider: String, _ name: String, _ secret: String) -> String {
    "{\(provider): {keys: [{name: \"\(name)\", secret: \"\(secret)\"}]}}"
  }
}
