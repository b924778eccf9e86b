/// What a command answers about a case: from this, all formats are made.
protocol CaseAnswer: Sendable {
  /// What the document has beside its lists.
  associatedtype Summary: Encodable

  /// The first line of the text.
  var headline: CaseHeadline { get }
  /// What stands below it in the text, each section below an empty line.
  func sections(_ style: Style) -> [[String]]
  /// The members of the document that are no lists.
  var summary: Summary { get }
  /// The lists of the document.
  var lists: [CaseRecordList] { get }
}
