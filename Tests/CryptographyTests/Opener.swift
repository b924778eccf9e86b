import Cryptography
import TestSupport

/// A value's body, and a key that may open it: one of each layout for the tests to try.
struct Opener: Sendable, CustomStringConvertible {
  enum Layout: String {
    case cbc, gcm, secretbox, seed
  }

  let id: String
  let layout: Layout
  let key: [UInt8]
  let body: [UInt8]
  let data: [UInt8]
  let plaintext: [UInt8]?

  var description: String { id }

  /// The encrypted vectors, positive and negative, that state a key.
  static let positive = EnvelopeVector.positive.compactMap(Opener.init)
  static let negative = EnvelopeVector.negative.compactMap(Opener.init)

  private init?(_ vector: EnvelopeVector) {
    guard let key = vector.keyHex ?? vector.dekHex ?? vector.seedHex else { return nil }
    id = vector.id
    self.key = [UInt8](hex: key)
    data = Array(vector.etcdKey.utf8)
    plaintext = vector.plaintextHex.map { [UInt8](hex: $0) }
    let stored = vector.stored
    let prefix = String(decoding: stored.prefix(18), as: UTF8.self)
    let layouts: [(String, Layout)] = [("aescbc", .cbc), ("aesgcm", .gcm), ("secretbox", .secretbox)]
    if let local = layouts.first(where: { prefix.hasPrefix("k8s:enc:\($0.0):") }) {
      layout = local.1
      // The negative vectors all name the key `key1`.
      body = Array(stored.dropFirst(vector.bodyOffset ?? "k8s:enc:\(local.0):v1:key1:".utf8.count))
    } else if let offset = vector.payloadOffset {
      layout = vector.id.hasSuffix("cbc") ? .cbc : .gcm
      body = Array(stored.dropFirst(offset))
    } else {
      // The message begins with encryptedData, whose length takes two bytes.
      layout = vector.seedHex == nil ? .gcm : .seed
      let start = "k8s:enc:kms:v2:my-kms:".utf8.count
      let count = Int(stored[start + 1] & 0x7F) | Int(stored[start + 2]) << 7
      body = Array(stored[(start + 3)..<(start + 3 + count)])
    }
  }

  /// Opens the body, or another in its place; answers with what is then in the buffer.
  func open(
    _ other: [UInt8]? = nil, key: [UInt8]? = nil, data: [UInt8]? = nil, into buffer: inout PlaintextBuffer
  ) -> (opening: Decryption?, plaintext: [UInt8]) {
    let (body, key, data) = (other ?? body, key ?? self.key, data ?? self.data)
    let opening = unsafe open(body.span.bytes, key, data.span.bytes, &buffer)
    return (opening, buffer.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } })
  }

  /// nil when the key has a length that the layout knows none of.
  private func open(_ body: RawSpan, _ key: [UInt8], _ data: RawSpan, _ buffer: inout PlaintextBuffer) -> Decryption? {
    switch layout {
    case .cbc:
      guard var cipher = unsafe AESCBC(key: key.span.bytes) else { return nil }
      return cipher.open(body, into: &buffer)
    case .gcm:
      guard var cipher = unsafe AESGCM(key: key.span.bytes) else { return nil }
      return cipher.open(body, authenticating: data, into: &buffer)
    case .secretbox:
      var key = key
      return Secretbox(key: SecretBytes(wiping: &key))?.open(body, into: &buffer)
    case .seed:
      guard var cipher = unsafe ExtendedNonceGCM(seed: key.span.bytes) else { return nil }
      return cipher.open(body, authenticating: data, into: &buffer)
    }
  }
}
