import TestSupport

extension Defect {
  static let plaintextBehindPrefix = Defect(
    "A Secret in the clear stands behind the prefix of an envelope.", findings: [.plaintextLive], .fail,
    inStore: { etcd in
      etcd.apply(.put(secretKey("x"), SoundStore.prefix + StoredSecret.plaintext()))
    })
}
