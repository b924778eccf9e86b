#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A checker for the part of JSON Schema (draft 2020-12) that the contract's schemas use: `type`, `const`, `enum`,
/// `minimum`, `format` `date-time`, `required`, `properties`, `additionalProperties`, `items`, and `$ref` to `$defs`.
///
/// It is strict: a member that `properties` does not name is an error, unless `additionalProperties` describes it. A
/// keyword it does not know is an error too, lest a schema says something that is never checked.
public struct JSONSchema: Sendable {
  private let root: JSONValue

  /// A schema, read from JSON.
  public init(parsing text: String) throws {
    root = try JSONValue(parsing: text)
  }

  /// What `atrest verify --format json` promises: the contract's `report.schema.json`.
  public static func report() throws -> JSONSchema {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/report.schema.json")
    return try JSONSchema(parsing: String(decoding: Data(contentsOf: fixture), as: UTF8.self))
  }

  /// What is wrong with `value`, each with the place where it is; empty when nothing is.
  ///
  /// - Parameter definition: the entry of `$defs` to hold the value against; nil for the whole schema.
  public func violations(in value: JSONValue, definition: String? = nil) -> [String] {
    guard let definition else { return check(value, root, at: "$") }
    return check(value, reference: "#/$defs/\(definition)", at: "$")
  }

  private func check(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    guard let keywords = schema.members else { return ["\(place): the schema is no object"] }
    let wrong = keywords.sorted { $0.key < $1.key }.flatMap { check(value, keyword: $0.key, $0.value, at: place) }
    return wrong + checkMembers(of: value, keywords, at: place)
  }

  private func check(_ value: JSONValue, keyword: String, _ argument: JSONValue, at place: String) -> [String] {
    func unless(_ isRight: Bool, _ complaint: String) -> [String] { isRight ? [] : ["\(place): \(complaint)"] }
    switch keyword {
    case "$schema", "$defs", "title", "description": return []
    case "properties", "additionalProperties": return []  // by `checkMembers`
    case "$ref": return check(value, reference: argument.string ?? "", at: place)
    case "type": return unless(Self.has(value, type: argument.string), "not of type \(argument)")
    case "const": return unless(value == argument, "\(value) is not \(argument)")
    case "enum": return unless(argument.elements?.contains(value) == true, "\(value) is not in the enumeration")
    case "minimum": return unless(!Self.isBelow(value, argument), "\(value) is below the minimum")
    case "format": return check(value, format: argument.string, at: place)
    case "required": return check(value, required: argument, at: place)
    case "items": return check(value, items: argument, at: place)
    default: return unless(false, "the schema's keyword \(keyword) is not supported")
    }
  }

  private func check(_ value: JSONValue, reference: String, at place: String) -> [String] {
    let name = reference.split(separator: "/").last.map(String.init) ?? ""
    guard reference == "#/$defs/\(name)", let target = root["$defs"]?[name] else {
      return ["\(place): the schema refers to \(reference), which is not there"]
    }
    return check(value, target, at: place)
  }

  private func check(_ value: JSONValue, format: String?, at place: String) -> [String] {
    guard format == "date-time" else { return ["\(place): the schema's format \(format ?? "?") is not supported"] }
    let isDateTime =
      value.string?.wholeMatch(of: /\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d+)?(Z|[+-][0-2]\d:[0-5]\d)/) != nil
    return isDateTime ? [] : ["\(place): no date and time of RFC 3339"]
  }

  private func check(_ value: JSONValue, required: JSONValue, at place: String) -> [String] {
    guard let members = value.members else { return [] }
    return (required.elements ?? []).compactMap(\.string).filter { members[$0] == nil }
      .map { "\(place): member \($0) is missing" }
  }

  private func check(_ value: JSONValue, items: JSONValue, at place: String) -> [String] {
    (value.elements ?? []).enumerated().flatMap { check($0.element, items, at: "\(place)[\($0.offset)]") }
  }

  private func checkMembers(of value: JSONValue, _ keywords: [String: JSONValue], at place: String) -> [String] {
    guard let members = value.members, keywords["type"] == .string("object") else { return [] }
    return members.sorted { $0.key < $1.key }.flatMap { name, member in
      guard let schema = keywords["properties"]?[name] ?? keywords["additionalProperties"] else {
        return ["\(place): member \(name) is unknown"]
      }
      return check(member, schema, at: "\(place).\(name)")
    }
  }

  private static func has(_ value: JSONValue, type: String?) -> Bool {
    switch (value, type) {
    case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"), (.array, "array"),
      (.object, "object"):
      true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }

  private static func isBelow(_ value: JSONValue, _ minimum: JSONValue) -> Bool {
    guard let number = value.number, let bound = minimum.number else { return false }
    return number < bound
  }
}
