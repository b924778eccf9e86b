import Cryptography
import EncryptionConfig

extension SnapshotReport.KeyUse {
  /// The key id as the API server's metrics name it, such as `apiserver_envelope_encryption_key_id_hash_total`:
  /// `sha256:` and the SHA-256 of the id in hex (apiserver storage/value/encrypt/envelope/metrics/metrics.go). nil
  /// without a key id, and of one that a redacted report replaces. Of an id that is not shown, this is what stands for it.
  public var keyIDHash: String? {
    guard let keyID, !RedactedName.isOne(keyID) else { return nil }
    if KeyLabel.isDigest(keyID) { return keyID }
    let bytes = Array(keyID.utf8)
    var hash = SHA256()
    // Sound: a byte is initialized memory of any pattern.
    hash.update(unsafe bytes.span.bytes)
    return "sha256:\(hash.digest())"
  }
}
