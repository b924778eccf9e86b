import COpenSSL

/// SHA-256 over a stream of bytes, through OpenSSL's EVP.
///
/// ```swift
/// var hash = SHA256()
/// hash.update(block)
/// let digest = hash.digest()   // of everything so far; more may follow
/// ```
@safe public struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// A hash of no bytes.
  public init() {
    // Sound: the context belongs to this value alone, and is freed with it.
    guard let context = unsafe EVP_MD_CTX_new(), unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("OpenSSL has no memory, or no SHA-256")
    }
    unsafe self.context = context
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  /// Adds `bytes`. O(n).
  public mutating func update(_ bytes: RawSpan) {
    // Sound: the buffer is read inside the call that lends it.
    let status = unsafe bytes.withUnsafeBytes { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    precondition(status == 1, "OpenSSL can't update a SHA-256")
  }

  /// The digest of all bytes so far. More may be added after it.
  public func digest() -> SHA256Digest {
    var bytes = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
    // Sound: SHA-256 writes 32 bytes, which is what the array holds; the copy is freed before it goes out of scope.
    let copy = unsafe EVP_MD_CTX_new()
    defer { unsafe EVP_MD_CTX_free(copy) }
    let status = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe EVP_MD_CTX_copy_ex(copy, context) == 1 && EVP_DigestFinal_ex(copy, buffer.baseAddress, nil) == 1
    }
    precondition(status, "OpenSSL can't finish a SHA-256")
    return SHA256Digest(bytes: bytes)
  }
}
