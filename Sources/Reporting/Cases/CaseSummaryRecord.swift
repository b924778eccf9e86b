import VerificationModel

/// Which case it is, and what its log ends with.
struct CaseSummaryRecord: Encodable {
  let path: PrintableText
  let acts: Int
  let head: String

  private enum CodingKeys: String, CodingKey {
    case path = "case"
    case acts, head
  }

  init(_ path: String, _ list: CaseList) {
    self.path = PrintableText(path)
    acts = list.acts
    head = list.head.description
  }
}
