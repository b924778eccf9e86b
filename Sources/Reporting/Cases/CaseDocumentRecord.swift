/// The whole document: the members that all of them have, and beside them those of the answer. Records mirror
/// `case.schema.json` member by member; whatever text may come from a file or from the call is a ``PrintableText``, or
/// lossless in a form of its own.
struct CaseDocumentRecord<Answer: CaseAnswer>: Encodable {
  private let answer: Answer
  private let start: CaseStartRecord
  private let end: CaseEndRecord<Answer>

  init(_ answer: Answer, invocation: Invocation, duration: Duration) {
    self.answer = answer
    start = CaseStartRecord(invocation)
    end = CaseEndRecord(answer, duration: duration)
  }

  func encode(to encoder: any Encoder) throws {
    try start.encode(to: encoder)
    try end.encode(to: encoder)
    var container = encoder.container(keyedBy: ListName.self)
    for list in answer.lists {
      var records = container.nestedUnkeyedContainer(forKey: ListName(stringValue: list.name))
      for record in list.records { try records.encode(record) }
    }
  }

  private struct ListName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
