import Foundation
import Testing
import Yams

/// Reads manifests, workflows and rules in YAML.
enum Manifest {
  /// The documents of a file, each a mapping.
  static func documents(in file: URL) throws -> [[String: Any]] {
    try Yams.load_all(yaml: String(contentsOf: file, encoding: .utf8)).map { try #require($0 as? [String: Any]) }
  }

  /// The value at a path of names in nested mappings and, by number, sequences.
  static func value(_ document: Any, _ path: String) throws -> Any {
    try path.split(separator: "/").reduce(document) { value, name in
      if let index = Int(name), let list = value as? [Any] {
        return try #require(list.indices.contains(index) ? list[index] : nil)
      }
      return try #require((value as? [String: Any])?[String(name)], "\(path): \(name)")
    }
  }

  /// The same text for the same content, however it is written.
  static func text(_ document: Any) throws -> String { try Yams.dump(object: document, sortKeys: true) }
}
