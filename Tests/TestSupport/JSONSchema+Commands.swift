#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension JSONSchema {
  /// What `atrest inspect --format json` promises.
  public static func inspection() throws -> JSONSchema { try fixture("inspection") }

  /// What `atrest lint --format json` promises.
  public static func lint() throws -> JSONSchema { try fixture("lint") }

  /// What `atrest explain --format json` promises.
  public static func explanation() throws -> JSONSchema { try fixture("explain") }

  /// What `atrest policy check --format json` promises.
  public static func policyCheck() throws -> JSONSchema { try fixture("policy") }

  /// What the commands on cases promise: an entry of `$defs` for each.
  public static func ofCases() throws -> JSONSchema { try fixture("case") }

  /// What the recipes make of a report for other programs, of those programs' own formats.
  public enum Recipe: String, CaseIterable, Sendable {
    case oscal = "oscal-assessment-results"
    case openReports = "openreports-clusterreport"
    case ocsf = "ocsf-compliance-finding"
  }

  /// The part of a format that `recipe` uses.
  public static func of(_ recipe: Recipe) throws -> JSONSchema { try fixture(recipe.rawValue) }

  private static func fixture(_ name: String) throws -> JSONSchema {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).schema.json")
    return try JSONSchema(parsing: String(decoding: Data(contentsOf: file), as: UTF8.self))
  }
}
