/// The members of `record`, and beside them what timeline tools ask for.
struct CaseEventRecord<Record: Encodable>: Encodable {
  private let event: CaseEvent
  private let record: Record

  init(_ event: CaseEvent, _ record: Record) {
    self.event = event
    self.record = record
  }

  private enum CodingKeys: String, CodingKey {
    case datetime
    case description = "timestamp_desc"
    case message
  }

  func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(event.datetime, forKey: .datetime)
    try container.encode(event.description, forKey: .description)
    try container.encode(event.message, forKey: .message)
  }
}
