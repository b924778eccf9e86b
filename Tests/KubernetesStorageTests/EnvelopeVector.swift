import Foundation
import KubernetesStorage
import TestSupport
import Testing

/// One stored value of `Fixtures/envelope-vectors.json` and what it is.
struct EnvelopeVector: Decodable, Sendable, CustomTestStringConvertible {
  let id: String
  let storedHex: String
  let provider: String?
  let kmsVersion: String?
  let keyName: String?
  let kmsName: String?
  let keyId: String?
  let classification: String?
  let verdict: String?
  let bodyOffset: Int?
  let encryptedObjectOffset: Int?
  let expect: Expectation?

  /// The object in the clear.
  struct Expectation: Decodable, Sendable {
    let format: String
    let apiVersion: String
    let kind: String
    let name: String
    let namespace: String
    let type: String?
    let dataKeys: [String]?
  }

  var testDescription: String { id }
  var stored: [UInt8] { [UInt8](hex: storedHex) }
  var name: String? { keyName ?? kmsName }

  static let positive = file?.positive ?? []
  static let negative = file?.negative ?? []

  private struct File: Decodable {
    let positive: [EnvelopeVector]
    let negative: [EnvelopeVector]
  }

  private static let file: File? = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/envelope-vectors.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return (try? Data(contentsOf: url)).flatMap { try? decoder.decode(File.self, from: $0) }
  }()
}
