import EtcdStorage
import KubernetesStorage

/// By what two encrypted values are found that share a nonce or IV under one key.
package struct NonceMark: Hashable, Sendable {
  private let high: UInt32
  private let low: UInt32
  /// Of the bytes that depend on all that was encrypted: equal in copies of one value. Two other values share it once in
  /// 2^32.
  package let seal: UInt32

  /// Bytes that any object takes in the shortest encoding, with its type and name.
  private static let leastObject = 40

  /// Of a value that has no nonce.
  package static let none = NonceMark(nonce: 0, seal: 0)

  package init(nonce: UInt64, seal: UInt32) {
    high = UInt32(truncatingIfNeeded: nonce >> 32)
    low = UInt32(truncatingIfNeeded: nonce)
    self.seal = seal
  }

  /// Of the key, as far as the value names it, and the nonce; 0 without one. Under a secret made fresh for one run, so that
  /// nobody can prepare others with the same: of ten million values, two share it by chance once in 300 000 runs.
  package var nonce: UInt64 { UInt64(high) << 32 | UInt64(low) }

  /// The mark of `value`, behind whose prefix `envelope` was found. O(headers), allocates nothing.
  ///
  /// Where a name with colons ends, one value alone can't tell: the bytes up to the nonce behind the last end that is
  /// possible count as name and nonce. If that goes too far, it goes as far in every value with the nonce, unless a colon
  /// happens to stand in what is printable of the ciphertext.
  package init(of value: RawSpan, _ envelope: Envelope, fingerprints: FingerprintMaker) {
    // There may be more ends than were looked at.
    guard let end = envelope.candidateNameEnds.last, envelope.candidateNameEnds.count < NameEnds.capacity else {
      self = .none
      return
    }
    self.init(of: value, envelope.provider, nameEnd: end, fingerprints: fingerprints)
  }

  /// The mark of `value`, which `provider` encrypted with the key whose name ends at `end`.
  package init(of value: RawSpan, _ provider: Provider, nameEnd end: Int, fingerprints: FingerprintMaker) {
    guard let body = EnvelopeBody(of: value, body: (end + 1)..<value.byteCount, provider: provider),
      // No write of an API server is so short: it was cut off from another.
      body.payload.count >= body.nonce.count + Self.leastObject
    else {
      self = .none
      return
    }
    let nonce = fingerprints.fingerprint(of: value.extracting(body.nonce))
    let key = fingerprints.fingerprint(of: value.extracting(body.encryptedDEK ?? 0..<end))
    let seal = fingerprints.fingerprint(of: value.extracting(body.seal))
    self.init(nonce: max(1, (key << 1 | key >> 63) ^ nonce), seal: UInt32(truncatingIfNeeded: seal))
  }
}
