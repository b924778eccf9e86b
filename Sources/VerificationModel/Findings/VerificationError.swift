import BoltFormat
import SnapshotInput

/// Why a snapshot, or a part of it, could not be verified.
///
/// One of these anywhere makes the snapshot's verdict ``Verdict/error``: what could not be read is never counted as
/// encrypted.
public struct VerificationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable identifier, such as `truncated` or `page-claimed-twice`.
  public let code: String
  /// A sentence that says what is wrong, where, and where possible what to do.
  public let message: String
  /// The page concerned.
  public let page: PageID?
  /// The place concerned, in bytes from the start of the bbolt image.
  public let offset: ByteOffset?

  /// An error with a sentence for people and a code for machines.
  public init(code: String, message: String, page: PageID? = nil, offset: ByteOffset? = nil) {
    self.code = code
    self.message = message
    self.page = page
    self.offset = offset
  }

  /// The sentence.
  public var description: String { message }
}

extension VerificationError {
  /// Damage of the bbolt structure.
  package init(_ error: BoltError) {
    self.init(code: error.code.rawValue, message: error.description, page: error.page, offset: error.offset)
  }

  /// An input that can't be read.
  ///
  /// - Parameter namesMember: whether the sentence names the entry of an archive, which nothing else does.
  package init(_ error: InputError, namesMember: Bool = true) {
    let place = namesMember ? error.member.map { " (in \($0))" } ?? "" : ""
    self.init(code: error.code.rawValue, message: error.description + place)
  }
}
