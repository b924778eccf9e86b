/// A release of Kubernetes, by its major and minor number.
public struct KubernetesVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 1 so far.
  public let major: Int
  /// Such as 31.
  public let minor: Int

  /// A release by its numbers.
  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// What an image tag or `kubectl version` says: `v1.31.2`, `1.31`, `v1.30.4+k3s1`. Nil when it is not so written.
  public init?(_ text: String) {
    let digits = text.hasPrefix("v") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let major = Self.number(parts[0]) else { return nil }
    // Managed services write `1.30+` for the minor version.
    let ending = parts.count == 2 ? parts[1].prefix { !"+-".contains($0) } : parts[1]
    guard let minor = Self.number(ending) else { return nil }
    self.init(major, minor)
  }

  private static func number(_ text: Substring) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }

  /// Such as `1.31`.
  public var description: String { "\(major).\(minor)" }

  /// Whether `left` came before `right`.
  public static func < (left: KubernetesVersion, right: KubernetesVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}
