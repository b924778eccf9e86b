/// A line of NDJSON: the members of `record`, and beside them its type and the path of the snapshot it belongs to.
struct TypedRecord<Record: Encodable>: Encodable {
  let type: String
  let path: PrintableText?
  let record: Record

  private enum CodingKeys: CodingKey {
    case type
    case path
  }

  func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type, forKey: .type)
    try container.encodeIfPresent(path, forKey: .path)
  }
}
