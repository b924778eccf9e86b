import ByteViews

/// Whose directories lie below an etcd prefix.
public enum StorageTree: Hashable, Sendable {
  /// Those of a kube-apiserver, which keeps custom resources too.
  case kubernetes
  /// Those of OpenShift's own API servers, which leave the group out of the directory's name.
  case openShift

  /// What lies below `prefix`: OpenShift's API servers have `/openshift.io`, or in a store of several clusters one that
  /// ends so.
  public init(below prefix: EtcdPrefix) {
    self.init(below: prefix.bytes.rawSpan)
  }

  /// What lies below the prefix of these bytes. O(1).
  init(below prefix: RawSpan) {
    let name: StaticString = "/openshift.io"
    self = prefix.holds(name, at: prefix.byteCount - name.utf8CodeUnitCount) ? .openShift : .kubernetes
  }
}
