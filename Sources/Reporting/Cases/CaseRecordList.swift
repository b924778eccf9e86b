/// A list in a JSON document, each of whose entries is a line of NDJSON.
struct CaseRecordList {
  /// The member of the document.
  let name: String
  /// The type of the lines.
  let type: String
  let records: [any Encodable]

  init(_ name: String, of type: String, _ records: [any Encodable]) {
    self.name = name
    self.type = type
    self.records = records
  }
}
