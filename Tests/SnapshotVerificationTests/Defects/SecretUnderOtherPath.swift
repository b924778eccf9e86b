import TestSupport

extension Defect {
  static let secretUnderOtherPath = Defect(
    "A Secret in the clear stands under the key of a ConfigMap.", findings: [.misplacedObject], .fail,
    inStore: { etcd in
      etcd.apply(.put("/registry/configmaps/default/a", StoredSecret.plaintext()))
    })
}
