import CSodium

/// XSalsa20-Poly1305 as the API server's provider `secretbox` writes it: a nonce of 24 bytes, a tag of 16 bytes, the
/// ciphertext (apiserver storage/value/encrypt/secretbox/secretbox.go). By libsodium.
///
/// Nothing is allocated for a value.
public struct Secretbox: Sendable {
  private let key: SecretBytes

  /// Decryption with `key`, of 32 bytes; nil of any other number.
  public init?(key: SecretBytes) {
    guard key.byteCount == 32, Self.isReady else { return nil }
    self.key = key
  }

  /// Decrypts `body`: nonce, tag and ciphertext. O(n).
  public func open(_ body: RawSpan, into buffer: inout PlaintextBuffer) -> Decryption {
    let count = body.byteCount - Self.nonceByteCount - Self.tagByteCount
    guard count >= 0 else {
      buffer.wipe()
      return .malformed
    }
    // Sound: libsodium reads 24 bytes of nonce, 32 of key and the rest of the body, and writes as many bytes as there is
    // room for; it writes nothing where the tag is wrong.
    let room = unsafe buffer.makeRoom(count).assumingMemoryBound(to: UInt8.self)
    let isRight = unsafe body.withUnsafeBytes { body in
      key.withBytes { key in
        unsafe key.withUnsafeBytes { key in
          guard let start = unsafe body.bindMemory(to: UInt8.self).baseAddress,
            let key = unsafe key.bindMemory(to: UInt8.self).baseAddress
          else { return false }
          return unsafe crypto_secretbox_open_easy(
            room, start + Self.nonceByteCount, UInt64(body.count - Self.nonceByteCount), start, key) == 0
        }
      }
    }
    guard isRight else {
      buffer.wipe()
      return .refused
    }
    buffer.keep(0..<count)
    return .opened
  }

  private static let nonceByteCount = 24
  private static let tagByteCount = 16

  /// Whether libsodium has chosen its implementations; done once, at the first use.
  private static let isReady = sodium_init() >= 0
}
