import TestSupport

extension Defect {
  static let textForSecret = Defect(
    "A Secret's value is a text in no encoding of an API server.", findings: [.unrecognizedValue], .fail,
    inStore: { etcd in
      etcd.apply(.put(secretKey("x"), "no object at all"))
    })
}
