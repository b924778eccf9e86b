import COpenSSL

/// HMAC-SHA256 under one key (RFC 2104), for any number of messages.
@safe public struct HMACSHA256: ~Copyable {
  /// Bytes of a code.
  static let byteCount = 32

  private let context: OpaquePointer

  /// HMAC under `key`, which has at least one byte.
  public init(key: RawSpan) {
    precondition(!key.isEmpty, "an empty key")
    // Sound: the context belongs to this value alone, and is freed with it, which wipes it. The parameters and what they
    // point to outlive the call that reads them.
    let mac = unsafe EVP_MAC_fetch(nil, "HMAC", nil)
    defer { unsafe EVP_MAC_free(mac) }
    guard let context = unsafe EVP_MAC_CTX_new(mac) else { preconditionFailure("OpenSSL has no HMAC") }
    unsafe self.context = context
    var name = Array("SHA256".utf8CString)
    let status = unsafe name.withUnsafeMutableBufferPointer { name in
      var parameters = unsafe [
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0), OSSL_PARAM_construct_end(),
      ]
      return unsafe key.withUnsafeBytes { key in
        unsafe EVP_MAC_init(
          context, key.bindMemory(to: UInt8.self).baseAddress, key.count, &parameters)
      }
    }
    precondition(status == 1, "OpenSSL has no HMAC-SHA256")
  }

  deinit {
    unsafe EVP_MAC_CTX_free(context)
  }

  /// The code of `message`. O(n).
  public mutating func code(of message: RawSpan) -> SHA256Digest { code(ofPieces: { $0(message) }) }

  /// The code of the message whose pieces `body` hands on, in their order. O(n).
  public mutating func code(ofPieces body: ((RawSpan) -> Void) -> Void) -> SHA256Digest {
    // Sound: no key means the one it has.
    let context = unsafe context
    var isSound = unsafe EVP_MAC_init(context, nil, 0, nil) == 1
    body { piece in
      // Sound: what is read is there for the call.
      let status = unsafe piece.withUnsafeBytes { piece in
        unsafe EVP_MAC_update(context, piece.bindMemory(to: UInt8.self).baseAddress, piece.count)
      }
      isSound = isSound && status == 1
    }
    var code = [UInt8](repeating: 0, count: Self.byteCount)
    var count = 0
    // Sound: there is room for the bytes that are written.
    let status = unsafe code.withUnsafeMutableBufferPointer { code in
      unsafe EVP_MAC_final(context, code.baseAddress, &count, code.count)
    }
    precondition(isSound && status == 1 && count == Self.byteCount, "OpenSSL can't finish an HMAC")
    return SHA256Digest(bytes: code)
  }

  /// Writes the code of `message`, followed by `suffix`, to `output`, which must have room for ``byteCount``.
  mutating func write(codeOf message: RawSpan, _ suffix: UInt8, to output: UnsafeMutableRawPointer) {
    var suffix = suffix
    var count = 0
    // Sound: no key means the one it has; what is read and written is there for each call.
    let status = unsafe message.withUnsafeBytes { message in
      unsafe EVP_MAC_init(context, nil, 0, nil) == 1
        && EVP_MAC_update(context, message.bindMemory(to: UInt8.self).baseAddress, message.count) == 1
        && EVP_MAC_update(context, &suffix, 1) == 1
        && EVP_MAC_final(context, output.assumingMemoryBound(to: UInt8.self), &count, Self.byteCount) == 1
    }
    precondition(status && count == Self.byteCount, "OpenSSL can't finish an HMAC")
  }
}
