import TestSupport

extension Defect {
  static let providerUnknown = Defect(
    "An envelope names a provider that there is not.", findings: [.unknownEnvelope], .fail,
    inStore: { etcd in
      var random = SeededGenerator(seed: 99)
      etcd.apply(.put(secretKey("x"), Array("k8s:enc:rot13:v1:key1:".utf8) + random.bytes(120)))
    })
}
