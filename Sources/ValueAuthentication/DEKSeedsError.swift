import EncryptionConfig
import KubernetesStorage

/// Why ``DEKSeeds`` can't be read. Holds nothing of the text.
public struct DEKSeedsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Error, Hashable, Sendable {
    /// The file can't be read.
    case unreadable(SecretFileError)
    /// The text is longer than ``DEKSeeds/maximumByteCount``.
    case tooLong
    /// There is a zero byte.
    case notText
    /// A line has no `=`.
    case noEqualsSign
    /// Nothing stands before the `=`.
    case noName
    /// After the last `=` stands something else than pairs of hex digits.
    case notHex
    /// The secret has a length that neither data keys nor seeds have.
    case length
  }

  /// What is wrong.
  public let reason: Reason
  /// In which line, from 1 on.
  public let line: Int

  package init(_ reason: Reason, line: Int) {
    self.reason = reason
    self.line = line
  }

  /// What is wrong, and in which line where it is one: `line 3: …`.
  public var description: String {
    switch reason {
    case .unreadable(let error): error.description
    case .tooLong: "the file is larger than \(DEKSeeds.maximumByteCount >> 20) MiB"
    case .notText: "line \(line): the file is binary, not text"
    case .noEqualsSign: "line \(line): an '=' must stand between a key id or encrypted data key and its secret"
    case .noName: "line \(line): a key id or an encrypted data key must stand before the '='"
    case .notHex: "line \(line): the secret, behind the last '=', must be hex"
    case .length: "line \(line): the secret must have 16, 24, or 32 to 1024 bytes"
    }
  }
}
