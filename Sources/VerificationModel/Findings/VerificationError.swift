import BoltFormat
import SnapshotInput

/// Why a snapshot, or a part of it, could not be verified.
///
/// One of these anywhere makes the snapshot's verdict ``Verdict/error``: what could not be read is never counted as
/// encrypted.
public struct VerificationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable identifier, such as `truncated` or `page-claimed-twice`.
  public let code: String
  /// A sentence that says what is wrong, where, and where possible what to do; in it is marked what is a name.
  public let text: MarkedText
  /// The page concerned.
  public let page: PageID?
  /// The place concerned, in bytes from the start of the bbolt image.
  public let offset: ByteOffset?

  /// An error with a sentence for people and a code for machines.
  public init(code: String, message: String, page: PageID? = nil, offset: ByteOffset? = nil) {
    self.init(code: code, marked: MarkedText(message), page: page, offset: offset)
  }

  /// As above, with a sentence that has names in it.
  public init(code: String, marked text: MarkedText, page: PageID? = nil, offset: ByteOffset? = nil) {
    self.code = code
    self.text = text
    self.page = page
    self.offset = offset
  }

  /// The sentence.
  public var message: String { text.description }

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
    let text = MarkedText(error.description)
    let member = namesMember ? error.member : nil
    self.init(code: error.code.rawValue, marked: member.map { "\(text) (in \(.path, $0))" } ?? text)
  }
}
