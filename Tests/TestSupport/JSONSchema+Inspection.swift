#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension JSONSchema {
  /// What `atrest inspect --format json` promises.
  public static func inspection() throws -> JSONSchema {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/inspection.schema.json")
    return try JSONSchema(parsing: String(decoding: Data(contentsOf: fixture), as: UTF8.self))
  }
}
