import TestSupport

extension Defect {
  static let compressedBehindPrefix = Defect(
    "A compressed Secret stands behind the prefix of an envelope and a nonce.", findings: [.plaintextLive], .fail,
    inStore: { etcd in
      var random = SeededGenerator(seed: 99)
      let body = random.bytes(24) + Wrapping.gzip(StoredSecret.plaintext())
      etcd.apply(.put(secretKey("x"), SoundStore.prefix + body))
    })
}
