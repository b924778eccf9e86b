import ByteViews
import Cryptography
import VerificationModel

/// Makes keyed digests of names: of one name always the same, of names of two kinds never.
///
/// A digest is `r:` and the first sixteen hexadecimal digits of the HMAC-SHA-256 of the kind, a zero byte and the name.
/// Without the key, nobody can tell whether a guess is right. For use by one thread.
public final class NameDigests {
  private var code: HMACSHA256
  private var known: [NameKind: [String: String]] = [:]
  /// The most names of a kind whose digests are remembered.
  private static let capacity = 100_000

  /// Digests under `key`, which has at least one byte.
  public init(key: SecretBytes) {
    code = key.withBytes { HMACSHA256(key: $0) }
  }

  /// What stands for `name`; an empty name, and what stands for one already, for itself.
  public func digest(_ kind: NameKind, _ name: String) -> String {
    guard !name.isEmpty, !RedactedName.isOne(name) else { return name }
    if let digest = known[kind]?[name] { return digest }
    let digest = RedactedName.text(of: bytes(kind, name))
    if known[kind, default: [:]].count < Self.capacity { known[kind, default: [:]][name] = digest }
    return digest
  }

  /// What stands for `number`, which is derived from what can be guessed.
  func number(_ kind: NameKind, _ number: UInt64) -> UInt64 {
    bytes(kind, String(number)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The digest of a digest that was made without a key.
  func digest(_ digest: SHA256Digest) -> SHA256Digest {
    SHA256Digest(bytes: bytes(.path, digest.description))
  }

  private func bytes(_ kind: NameKind, _ name: String) -> [UInt8] {
    let message = Array(kind.rawValue.utf8) + [0] + Array(name.utf8)
    return code.code(of: message.rawSpan).bytes
  }
}
