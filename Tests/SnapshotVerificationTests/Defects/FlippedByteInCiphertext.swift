import TestSupport

extension Defect {
  static let flippedByteInCiphertext = Defect(
    "One bit of a sealed value was changed before the backup was made.", findings: [.authenticationFailed], .fail,
    inStore: { etcd in
      var value = SoundStore.sealed("x", seed: 99)
      value[value.count - 1] ^= 1
      etcd.apply(.put(secretKey("x"), value))
    })
}
