import TestSupport

extension Defect {
  static let messageCutShort = Defect(
    "A row's message ends inside a field.", errors: ["unreadable-row"], findings: [.damagedPage], .error,
    inBuckets: { root in
      root["key"]?.entries[5] = .init(
        SoundStore.etcd.rows[5].boltKey, SoundStore.etcd.rows[5].keyValue.encoded.dropLast())
    })
}
