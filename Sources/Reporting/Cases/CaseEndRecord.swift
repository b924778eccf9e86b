/// The members that are no lists, and how long it took.
struct CaseEndRecord<Answer: CaseAnswer>: Encodable {
  private let summary: Answer.Summary
  private let durationSeconds: Double

  init(_ answer: Answer, duration: Duration) {
    summary = answer.summary
    durationSeconds = duration.seconds
  }

  private enum CodingKeys: CodingKey { case durationSeconds }

  func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(durationSeconds, forKey: .durationSeconds)
  }
}
