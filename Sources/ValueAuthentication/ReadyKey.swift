import Cryptography
import KubernetesStorage

/// A key with OpenSSL's contexts for it, each made at its first use and then used for all values.
package final class ReadyKey {
  private let secret: SecretBytes
  /// The bytes of `secret` that are the key.
  private let range: Range<Int>
  private var cbc: AESCBC?
  private var gcm: AESGCM?
  private var seeded: ExtendedNonceGCM?
  private var secretbox: Secretbox?

  /// The key that is all of `secret`.
  init(_ secret: SecretBytes) {
    self.secret = secret
    range = 0..<secret.byteCount
    secretbox = Secretbox(key: secret)
  }

  /// A data key or seed that is a part of `secret`.
  init(_ secret: SecretBytes, _ range: Range<Int>) {
    self.secret = secret
    self.range = range
  }

  /// Opens `payload`; `data` is what is authenticated beside it, where anything is. A key of a length that the cipher has
  /// no use for refuses everything.
  package func open(
    _ payload: RawSpan, _ cipher: EnvelopeBody.Cipher, authenticating data: RawSpan, into buffer: inout PlaintextBuffer
  ) -> Decryption {
    makeContext(cipher)
    let opening: Decryption? =
      switch cipher {
      case .aescbc: cbc?.open(payload, into: &buffer)
      case .aesgcm, .aesgcmOrCBC: gcm?.open(payload, authenticating: data, into: &buffer)
      case .seededAESGCM: seeded?.open(payload, authenticating: data, into: &buffer)
      case .secretbox: secretbox?.open(payload, into: &buffer)
      }
    if opening == nil { buffer.wipe() }
    return opening ?? .refused
  }

  /// Decrypts `payload` though it does not open: what comes out may be anything. False when nothing does, as of secretbox.
  package func decrypt(_ payload: RawSpan, _ cipher: EnvelopeBody.Cipher, into buffer: inout PlaintextBuffer) -> Bool {
    makeContext(cipher)
    let isDecrypted: Bool? =
      switch cipher {
      case .aescbc: cbc?.decrypt(payload, into: &buffer)
      case .aesgcm, .aesgcmOrCBC: gcm?.decrypt(payload, into: &buffer)
      case .seededAESGCM: seeded?.decrypt(payload, into: &buffer)
      case .secretbox: nil
      }
    return isDecrypted ?? false
  }

  private func makeContext(_ cipher: EnvelopeBody.Cipher) {
    switch cipher {
    case .aescbc: if cbc == nil { cbc = withKey { AESCBC(key: $0) } }
    case .aesgcm, .aesgcmOrCBC: if gcm == nil { gcm = withKey { AESGCM(key: $0) } }
    case .seededAESGCM: if seeded == nil { seeded = withKey { ExtendedNonceGCM(seed: $0) } }
    case .secretbox: break
    }
  }

  private func withKey<Context: ~Copyable>(_ body: (RawSpan) -> Context) -> Context {
    secret.withBytes { body($0.extracting(range)) }
  }
}
