import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
  /// Leaves the tests out where there is no etcd to run.
  static var etcd: Self {
    .enabled(if: EtcdServer.isInstalled, "etcd and etcdctl are not installed: scripts/setup test installs them")
  }

  /// Leaves the tests out where `etcdctl` is of etcd 3.6 or later.
  static var snapshotStatus: Self {
    .enabled("etcdctl has no `snapshot status`, which moved to etcdutl with etcd 3.6") {
      try await EtcdClient.hasSnapshotStatus
    }
  }
}
