import COpenSSL

/// One of OpenSSL's contexts for decryption, made once: keyed once per key, started once per value.
@safe struct CipherContext: ~Copyable {
  private let context: OpaquePointer

  /// A context that has a cipher and key of `key.byteCount` bytes, of which there are three; nil of any other number.
  init?(_ mode: Mode, key: RawSpan) {
    guard let cipher = unsafe mode.cipher(keyBytes: key.byteCount) else { return nil }
    // Sound: the context belongs to this value alone, and is freed with it, which wipes it. The key is read inside the
    // call that lends it, and has the length of the cipher's.
    guard let context = unsafe EVP_CIPHER_CTX_new() else { preconditionFailure("OpenSSL has no memory") }
    unsafe self.context = context
    let status = unsafe key.withUnsafeBytes { key in
      unsafe EVP_DecryptInit_ex(context, cipher, nil, key.bytes, nil) == 1
        && EVP_CIPHER_CTX_set_padding(context, 0) == 1
    }
    precondition(status, "OpenSSL has no AES")
  }

  deinit {
    unsafe EVP_CIPHER_CTX_free(context)
  }

  /// Ciphers of AES that the API server uses.
  enum Mode {
    case cbc
    case gcm

    /// apiserver storage/value/encrypt/aes: the length of the key chooses among AES-128, AES-192 and AES-256.
    fileprivate func cipher(keyBytes: Int) -> OpaquePointer? {
      switch (self, keyBytes) {
      case (.cbc, 16): unsafe EVP_aes_128_cbc()
      case (.cbc, 24): unsafe EVP_aes_192_cbc()
      case (.cbc, 32): unsafe EVP_aes_256_cbc()
      case (.gcm, 16): unsafe EVP_aes_128_gcm()
      case (.gcm, 24): unsafe EVP_aes_192_gcm()
      case (.gcm, 32): unsafe EVP_aes_256_gcm()
      default: nil
      }
    }
  }

  /// Puts another key of the same length in place of the one it has.
  mutating func setKey(_ key: RawSpan) {
    precondition(key.byteCount == Int(unsafe EVP_CIPHER_CTX_get_key_length(context)), "a key of another length")
    // Sound: the key has the length that OpenSSL reads, inside the call that lends it.
    let status = unsafe key.withUnsafeBytes { unsafe EVP_DecryptInit_ex(context, nil, nil, $0.bytes, nil) }
    precondition(status == 1, "OpenSSL takes no key")
  }

  /// Starts with the value of this IV or nonce, of as many bytes as the cipher's: 16 of CBC, 12 of GCM.
  mutating func start(_ nonce: RawSpan) {
    precondition(nonce.byteCount == Int(unsafe EVP_CIPHER_CTX_get_iv_length(context)), "a nonce of another length")
    // Sound: the nonce has the length that OpenSSL reads, inside the call that lends it.
    let status = unsafe nonce.withUnsafeBytes { unsafe EVP_DecryptInit_ex(context, nil, nil, nil, $0.bytes) }
    precondition(status == 1, "OpenSSL can't start a decryption")
  }

  /// Takes in what is authenticated, but not encrypted; of GCM only. At most `Int32.max` bytes.
  mutating func authenticate(_ bytes: RawSpan) {
    guard !bytes.isEmpty else { return }
    var count: Int32 = 0
    // Sound: the bytes are read inside the call that lends them, and none are written.
    let status = unsafe bytes.withUnsafeBytes {
      unsafe EVP_DecryptUpdate(context, nil, &count, $0.bytes, Int32($0.count))
    }
    precondition(status == 1, "OpenSSL can't take in authenticated bytes")
  }

  /// Decrypts `ciphertext`, of CBC whole blocks, into `output`, which must have room for as many bytes.
  ///
  /// At most `Int32.max` bytes, all of a value in one call.
  mutating func decrypt(_ ciphertext: RawSpan, into output: UnsafeMutableRawPointer) {
    guard !ciphertext.isEmpty else { return }
    var count: Int32 = 0
    // Sound: as many bytes are written as are read, since nothing is held back without padding.
    let status = unsafe ciphertext.withUnsafeBytes {
      unsafe EVP_DecryptUpdate(
        context, output.assumingMemoryBound(to: UInt8.self), &count, $0.bytes, Int32($0.count))
    }
    precondition(status == 1 && Int(count) == ciphertext.byteCount, "OpenSSL can't decrypt")
  }

  /// Ends a value of GCM; answers whether `tag`, of 16 bytes, is the right one.
  mutating func finish(_ tag: RawSpan) -> Bool {
    precondition(tag.byteCount == AESGCM.tagByteCount, "a tag of another length")
    var rest: UInt8 = 0
    var count: Int32 = 0
    // Sound: OpenSSL copies the 16 bytes of the tag out of the buffer, though it asks for a mutable one, and writes
    // nothing at the end of a stream.
    return unsafe tag.withUnsafeBytes { tag in
      let bytes = unsafe UnsafeMutableRawPointer(mutating: tag.baseAddress)
      let status = unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), bytes)
      precondition(status == 1, "OpenSSL takes no tag")
      return unsafe EVP_DecryptFinal_ex(context, &rest, &count) == 1
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The start, as OpenSSL declares its parameters.
  fileprivate var bytes: UnsafePointer<UInt8>? { unsafe baseAddress?.assumingMemoryBound(to: UInt8.self) }
}
