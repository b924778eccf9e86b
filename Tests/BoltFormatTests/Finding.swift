import BoltFormat
import TestSupport

/// A `BoltError` without the numbers of its sentence: what is wrong, and where.
struct Finding: Hashable, CustomStringConvertible {
  let code: BoltError.Code
  let page: UInt64?
  let offset: Int?

  init(_ code: BoltError.Code, page: UInt64? = nil, at offset: Int? = nil) {
    self.code = code
    self.page = page
    self.offset = offset
  }

  init(_ error: BoltError) {
    self.init(error.code, page: error.page?.rawValue, at: error.offset.map { Int($0.rawValue) })
  }

  /// The page was refused, for it was read before or lies in another's run.
  static func claimedTwice(_ page: BoltImage.Page) -> Finding {
    Finding(.pageClaimedTwice, page: page.number, at: page.offset)
  }

  var description: String {
    let place = [page.map { "page \($0)" }, offset.map { "offset \($0)" }].compactMap { $0 }
    return ([code.rawValue] + place).joined(separator: " ")
  }
}
