import TestSupport

extension Defect {
  static let valueTwiceInRow = Defect(
    "A row has two values, of which a reader sees the last.", findings: [.impossibleRow], .fail,
    inBuckets: { root in
      let row = SoundStore.etcd.rows[5]
      var second = ProtobufWriter()
      second.bytes(5, row.keyValue.value)
      root["key"]?.entries[5] = .init(row.boltKey, row.keyValue.encoded + second.bytes)
    })
}
