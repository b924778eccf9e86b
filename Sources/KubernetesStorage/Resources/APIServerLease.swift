import ByteViews

/// The leases by which API servers know of each other. They are stored as Endpoints, but are no objects of the API:
/// nothing encrypts them (Kubernetes, pkg/controlplane/reconcilers: `masterleases`, `peerserverleases`).
public enum APIServerLease {
  /// Whether `key` is that of such a lease, below whatever prefix: its last segment but one is their directory. O(key).
  public static func isKey(_ key: RawSpan) -> Bool {
    var end = key.byteCount
    while end > 0, key.byte(at: end - 1) != EtcdPrefix.slash { end -= 1 }
    return isDirectory("/masterleases/", in: key, endingAt: end)
      || isDirectory("/peerserverleases/", in: key, endingAt: end)
  }

  private static func isDirectory(_ name: StaticString, in key: RawSpan, endingAt end: Int) -> Bool {
    key.holds(name, at: end - name.utf8CodeUnitCount)
  }
}
