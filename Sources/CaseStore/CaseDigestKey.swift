import Cryptography

/// The key of the digests of a case, from a file outside of it.
package enum CaseDigestKey {
  /// Reads the key in the file at `path`, a copy of a case's `digest.key`. Throws ``CaseError/digestKey(_:)``.
  package static func read(_ path: String) throws(CaseError) -> SecretBytes { try CaseFiles.digestKey(at: path) }
}
