/// A version as bucket `meta` records it: text such as `3.6.0`.
public struct StorageVersion: Hashable, Sendable, CustomStringConvertible {
  /// The first number.
  public let major: Int
  /// The second number.
  public let minor: Int
  /// The third number.
  public let patch: Int

  /// The version that `bytes` spell; nil unless they are three decimal numbers with dots between.
  public init?(decoding bytes: RawSpan) {
    guard bytes.byteCount <= 32 else { return nil }
    let text = EtcdKey(copying: bytes).description
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 3, let major = numbers[0], let minor = numbers[1], let patch = numbers[2],
      major >= 0, minor >= 0, patch >= 0
    else { return nil }
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// The three numbers with dots between.
  public var description: String { "\(major).\(minor).\(patch)" }
}
