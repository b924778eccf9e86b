/// A line of NDJSON: the members of `record`, and beside them its type.
struct TypedRecord<Record: Encodable>: Encodable {
  let type: String
  let record: Record

  private enum CodingKeys: CodingKey {
    case type
  }

  func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type, forKey: .type)
  }
}
