import TestSupport

extension Defect {
  static let nonceTwice = Defect(
    "Two Secrets are sealed behind one nonce.", findings: [.nonceReuse], .fail,
    inStore: { etcd in
      etcd.apply(.put(secretKey("x"), SoundStore.sealed("x", seed: 3)))
    })
}
