import TestSupport

extension Defect {
  static let envelopeCutShort = Defect(
    "An envelope ends inside its nonce.", findings: [.malformedEnvelope], .fail,
    inStore: { etcd in
      etcd.apply(.put(secretKey("x"), SoundStore.prefix + [1, 2, 3, 200]))
    })
}
