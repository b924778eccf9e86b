import EtcdStorage

/// An object of which a case has seen values: a key of a cluster.
package struct CaseObject: Hashable, Sendable {
  /// The name of its cluster in the case.
  package let cluster: String
  /// The etcd key; of an object that was only ever seen without its row, that under which an API server would store it. nil
  /// where neither is known.
  package let key: EtcdKey?
  /// The group resource, such as `secrets`; nil where it is not known.
  package let resource: String?
  /// The namespace; nil of a cluster-scoped object.
  package let namespace: String?
  /// The object's name; nil where it is not known.
  package let name: String?

  /// An object by what is known of it.
  package init(cluster: String, key: EtcdKey?, resource: String?, namespace: String?, name: String?) {
    self.cluster = cluster
    self.key = key
    self.resource = resource
    self.namespace = namespace
    self.name = name
  }
}

extension CaseObject: Comparable {
  /// By cluster, then by key, bytewise; those without a key come last, by resource, namespace and name.
  package static func < (left: CaseObject, right: CaseObject) -> Bool {
    if left.cluster != right.cluster { return left.cluster < right.cluster }
    switch (left.key, right.key) {
    case (let one?, let other?) where one != other: return one < other
    case (_?, nil): return true
    case (nil, _?): return false
    default: break
    }
    return (left.resource ?? "", left.namespace ?? "", left.name ?? "")
      < (right.resource ?? "", right.namespace ?? "", right.name ?? "")
  }
}
