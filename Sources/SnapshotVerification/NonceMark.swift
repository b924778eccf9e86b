import EtcdStorage
import KubernetesStorage

/// By what two encrypted values are found that share a nonce or IV under one key.
struct NonceMark: Hashable, Sendable {
  /// Of the key, as far as the value names it, and the nonce.
  let nonce: KeyDigest
  /// Of the bytes that depend on all that was encrypted: equal in copies of one value. Two other values share it once in
  /// 2^32.
  let seal: UInt32

  /// Bytes that any object takes in the shortest encoding, with its type and name.
  private static let leastObject = 40

  /// Of a value that has no nonce.
  static let none = NonceMark(nonce: .none, seal: 0)

  init(nonce: KeyDigest, seal: UInt32) {
    self.nonce = nonce
    self.seal = seal
  }

  /// The mark of `value`, behind whose prefix `envelope` was found. O(headers), allocates nothing.
  ///
  /// Where a name with colons ends, one value alone can't tell: the bytes up to the nonce behind the last end that is
  /// possible count as name and nonce. If that goes too far, it goes as far in every value with the nonce, unless a colon
  /// happens to stand in what is printable of the ciphertext.
  init(of value: RawSpan, _ envelope: Envelope, digests: KeyDigest.Maker) {
    guard let end = envelope.candidateNameEnds.last,
      let body = EnvelopeBody(of: value, body: (end + 1)..<value.byteCount, provider: envelope.provider),
      // There may be more ends than were looked at.
      envelope.candidateNameEnds.count < NameEnds.capacity,
      // No write of an API server is so short: it was cut off from another.
      body.payload.count >= body.nonce.count + Self.leastObject
    else {
      self = .none
      return
    }
    let nonce = digests.digest(of: value.extracting(body.nonce))
    let key =
      if let encryptedDEK = body.encryptedDEK {
        digests.digest(of: value.extracting(encryptedDEK))
      } else {
        digests.digest(of: value.extracting(first: end))
      }
    self.nonce = key.combined(with: nonce)
    seal = UInt32(truncatingIfNeeded: digests.digest(of: value.extracting(body.seal)).tableIndex)
  }
}
