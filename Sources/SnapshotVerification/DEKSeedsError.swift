/// Why text can't be read as ``DEKSeeds``. Holds nothing of the text.
public struct DEKSeedsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Error, Hashable, Sendable {
    /// The text is longer than ``DEKSeeds/maximumByteCount``.
    case tooLong
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

  init(_ reason: Reason, line: Int) {
    self.reason = reason
    self.line = line
  }

  /// The line and what is wrong with it: `line 3: …`.
  public var description: String {
    switch reason {
    case .tooLong: "longer than \(DEKSeeds.maximumByteCount >> 20) MiB"
    case .noEqualsSign: "line \(line): there is no `=` between a key id or encrypted data key and its secret"
    case .noName: "line \(line): nothing stands before the `=`: a key id or an encrypted data key is needed"
    case .notHex: "line \(line): the secret after the last `=` is not hex"
    case .length: "line \(line): the secret has neither 16 nor 24 nor 32 to 1024 bytes"
    }
  }
}
