import TestSupport

extension Defect {
  static let valueUnderOtherKey = Defect(
    "The ciphertext of one Secret stands under the key of another.", findings: [.valueMoved], .fail,
    inStore: { etcd in
      etcd.apply(.put(secretKey("x"), SoundStore.sealed("s0", seed: 99)))
    })
}
