import TestSupport
import Testing

@Suite("The schema checker finds what is wrong")
struct JSONSchemaTests {
  private func violations(_ schema: String, _ json: String) throws -> [String] {
    try JSONSchema(parsing: schema).violations(in: JSONValue(parsing: json))
  }

  @Test(arguments: [
    (#"{"type": "integer"}"#, "1.5"), (#"{"type": "integer"}"#, "true"), (#"{"type": "string"}"#, "1"),
    (#"{"const": 1}"#, "2"), (#"{"enum": ["a"]}"#, #""b""#), (#"{"minimum": 0}"#, "-1"),
    (#"{"type": "object", "required": ["a"]}"#, "{}"), (#"{"type": "object", "properties": {}}"#, #"{"a": 1}"#),
    (#"{"type": "object", "additionalProperties": {"type": "string"}}"#, #"{"a": 1}"#),
    (#"{"type": "array", "items": {"type": "string"}}"#, "[1]"), (##"{"$ref": "#/$defs/a"}"##, "1"),
    (##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}}"##, "1"), (#"{"format": "date-time"}"#, #""today""#),
    (#"{"oneOf": []}"#, "1"), (#"{"format": "email"}"#, #""a""#),
  ])
  func `wrong`(schema: String, json: String) throws {
    #expect(try violations(schema, json).count == 1)
  }

  @Test(arguments: [
    (#"{"type": "integer", "minimum": 0}"#, "18446744073709551615"), (#"{"type": "number"}"#, "1.5"),
    (#"{"type": "boolean"}"#, "false"), (#"{"format": "date-time"}"#, #""2026-11-24T10:00:00Z""#),
    (#"{"type": "object", "additionalProperties": {"type": "string"}}"#, #"{"a": "b"}"#),
    (##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "array", "items": {"const": 1}}}}"##, "[1, 1]"),
  ])
  func `right`(schema: String, json: String) throws {
    #expect(try violations(schema, json) == [])
  }

  @Test func `places are named`() throws {
    let schema = #"{"type": "object", "properties": {"a": {"type": "array", "items": {"type": "string"}}}}"#
    #expect(try violations(schema, #"{"a": ["x", 1]}"#).first?.hasPrefix("$.a[1]: ") == true)
  }
}
