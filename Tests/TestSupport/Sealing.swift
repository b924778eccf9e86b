import COpenSSL
import CSodium

/// Encrypts as the API server's providers do, by the same libraries that `atrest` decrypts with.
public enum Sealing {
  /// IV and blocks of AES-CBC. `blocks` has its padding already.
  public static func cbc(blocks: [UInt8], key: [UInt8], iv: [UInt8]) -> [UInt8] {
    iv + encrypt(blocks, cipher(key, EVP_aes_128_cbc(), EVP_aes_192_cbc(), EVP_aes_256_cbc()), key, iv).ciphertext
  }

  /// IV and blocks of AES-CBC, padded as PKCS#7 says.
  public static func cbc(_ plaintext: [UInt8], key: [UInt8], iv: [UInt8]) -> [UInt8] {
    let padding = 16 - plaintext.count % 16
    return cbc(blocks: plaintext + [UInt8](repeating: UInt8(padding), count: padding), key: key, iv: iv)
  }

  /// Nonce, ciphertext and tag of AES-GCM.
  public static func gcm(_ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]) -> [UInt8] {
    let sealed = encrypt(
      plaintext, cipher(key, EVP_aes_128_gcm(), EVP_aes_192_gcm(), EVP_aes_256_gcm()), key, nonce, data)
    return nonce + sealed.ciphertext + sealed.tag
  }

  /// Nonce, tag and ciphertext of XSalsa20-Poly1305.
  public static func secretbox(_ plaintext: [UInt8], key: [UInt8], nonce: [UInt8]) -> [UInt8] {
    precondition(sodium_init() >= 0 && key.count == 32 && nonce.count == 24)
    var box = [UInt8](repeating: 0, count: 16 + plaintext.count)
    precondition(crypto_secretbox_easy(&box, plaintext, UInt64(plaintext.count), nonce, key) == 0)
    return nonce + box
  }

  private static func cipher(
    _ key: [UInt8], _ aes128: OpaquePointer?, _ aes192: OpaquePointer?, _ aes256: OpaquePointer?
  ) -> OpaquePointer? {
    switch key.count {
    case 16: aes128
    case 24: aes192
    case 32: aes256
    default: preconditionFailure("no key of AES")
    }
  }

  private static func encrypt(
    _ plaintext: [UInt8], _ cipher: OpaquePointer?, _ key: [UInt8], _ iv: [UInt8], _ data: [UInt8] = []
  ) -> (ciphertext: [UInt8], tag: [UInt8]) {
    let context = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(context) }
    var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
    var tag = [UInt8](repeating: 0, count: 16)
    var count: Int32 = 0
    precondition(EVP_EncryptInit_ex(context, cipher, nil, key, iv) == 1)
    precondition(iv.count == EVP_CIPHER_CTX_get_iv_length(context))
    EVP_CIPHER_CTX_set_padding(context, 0)
    if !data.isEmpty { EVP_EncryptUpdate(context, nil, &count, data, Int32(data.count)) }
    EVP_EncryptUpdate(context, &ciphertext, &count, plaintext, Int32(plaintext.count))
    precondition(Int(count) == plaintext.count, "no whole number of blocks")
    var rest: UInt8 = 0
    precondition(EVP_EncryptFinal_ex(context, &rest, &count) == 1)
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &tag)
    return (ciphertext, tag)
  }
}
