import Foundation

/// One stored value of `Fixtures/envelope-vectors.json`, what it is, and with what it can be opened.
///
/// Of these members each vector has those that its provider has use for.
public struct EnvelopeVector: Decodable, Sendable, CustomStringConvertible {
  /// The vector's name.
  public let id: String
  /// The whole etcd key.
  public let etcdKey: String
  /// The value.
  public let storedHex: String
  /// What is encrypted in it; of positive vectors.
  public let plaintextHex: String?
  /// As the API server's configuration spells it.
  public let provider: String?
  /// `v1` or `v2`.
  public let kmsVersion: String?
  /// The key's name.
  public let keyName: String?
  /// The plugin's name.
  public let kmsName: String?
  /// The key id of KMS v2.
  public let keyId: String?
  /// The class of a positive vector.
  public let classification: String?
  /// What is wrong with a negative vector.
  public let verdict: String?
  /// Where what the provider wrote begins in the value; of local keys.
  public let bodyOffset: Int?
  /// Where the `EncryptedObject` of KMS v2 begins.
  public let encryptedObjectOffset: Int?
  /// Where the payload of KMS v1 begins.
  public let payloadOffset: Int?
  /// Bytes of the payload of KMS v2.
  public let encryptedDataLen: Int?
  /// A local key.
  public let keyHex: String?
  /// A data key, decrypted.
  public let dekHex: String?
  /// The seed of data keys, decrypted.
  public let seedHex: String?
  /// A data key or seed as the value holds it.
  public let encryptedDekHex: String?
  /// The same, of KMS v2.
  public let encryptedDekSourceHex: String?
  /// The IV.
  public let ivHex: String?
  /// The nonce.
  public let nonceHex: String?
  /// What a data key is derived from, beside the seed.
  public let hkdfInfoHex: String?
  /// The tag.
  public let tagHex: String?
  /// The object in the clear.
  public let expect: Expectation?

  /// The object in the clear.
  public struct Expectation: Decodable, Sendable {
    /// The encoding.
    public let format: String
    /// Group and version.
    public let apiVersion: String
    /// The kind.
    public let kind: String
    /// The name.
    public let name: String
    /// The namespace.
    public let namespace: String
    /// A Secret's type.
    public let type: String?
    /// The names of a Secret's data.
    public let dataKeys: [String]?
  }

  /// The vector's name.
  public var description: String { id }
  /// The value.
  public var stored: [UInt8] { [UInt8](hex: storedHex) }
  /// The key's or the plugin's name.
  public var name: String? { keyName ?? kmsName }

  /// Vectors as an API server writes them.
  public static let positive = file?.positive ?? []
  /// Damaged, forged and moved ones.
  public static let negative = file?.negative ?? []

  private struct File: Decodable {
    let positive: [EnvelopeVector]
    let negative: [EnvelopeVector]
  }

  private static let file: File? = {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/envelope-vectors.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return (try? Data(contentsOf: url)).flatMap { try? decoder.decode(File.self, from: $0) }
  }()
}
