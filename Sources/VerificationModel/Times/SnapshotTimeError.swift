/// Why a text is no time at which a snapshot can have been taken.
public struct SnapshotTimeError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Code: String, Hashable, Sendable {
    /// The text has no form that is known.
    case notATime = "not-a-time"
    /// There is no such day, or no such time of day.
    case impossible
    /// Nothing was stored in etcd by Kubernetes at that time.
    case outOfRange = "out-of-range"
  }

  /// What is wrong.
  public let code: Code
  /// The text.
  public let text: String

  init(_ code: Code, _ text: String) {
    self.code = code
    self.text = text
  }
}

extension SnapshotTimeError: CustomStringConvertible {
  /// What is wrong, and what to write instead. The text in it is as it was given.
  public var description: String {
    let examples = "write 2026-11-30T02:00:00Z, 2026-11-30 02:00, 2026-11-30, or seconds since 1970"
    return switch code {
    case .notATime: "'\(text)' is no time that can be read: \(examples)"
    case .impossible: "'\(text)' is no day or no time of day: \(examples)"
    case .outOfRange: "'\(text)' is no time at which a snapshot can have been taken: \(examples)"
    }
  }
}
