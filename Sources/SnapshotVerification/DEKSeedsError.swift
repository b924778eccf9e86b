#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why ``DEKSeeds`` can't be read. Holds nothing of the text.
public struct DEKSeedsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Error, Hashable, Sendable {
    /// The system does not let the file be read, and has this number for why.
    case unreadable(Int32)
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

  init(unreadable code: Int32) { self.init(.unreadable(code), line: 1) }

  /// What is wrong, and in which line where it is one: `line 3: …`.
  public var description: String {
    switch reason {
    case .unreadable(ENOENT): "there is no such file"
    case .unreadable(EACCES): "it may not be read by this user"
    case .unreadable(EISDIR): "it is a directory: name the file in it"
    case .unreadable(let code): "it can't be read: \(unsafe String(cString: strerror(code)))"
    case .tooLong: "it is longer than \(DEKSeeds.maximumByteCount >> 20) MiB"
    case .noEqualsSign: "line \(line): there is no '=' between a key id or encrypted data key and its secret"
    case .noName: "line \(line): nothing stands before the '=': a key id or an encrypted data key is needed"
    case .notHex: "line \(line): what stands after the last '=' is not hex"
    case .length: "line \(line): the secret has neither 16 nor 24 nor 32 to 1024 bytes"
    }
  }
}
