import Foundation
import TestSupport

/// A key that Secrets are encrypted with: made up, as everything is.
struct SealingKey: Sendable {
  /// What the configuration and the values call it.
  let name: String
  /// Its 32 bytes.
  let bytes: [UInt8]

  /// The key that follows from `seed`.
  init(_ name: String, seed: UInt64) {
    var random = SeededGenerator(seed: ~seed)
    self.name = name
    bytes = random.bytes(32)
  }

  /// The key of a snapshot that has one only.
  init(seed: UInt64) { self.init("key1", seed: seed) }

  /// Its entry in an EncryptionConfiguration.
  var configuration: String {
    """
                - name: \(name)
                  secret: \(Data(bytes).base64EncodedString())

    """
  }
}
