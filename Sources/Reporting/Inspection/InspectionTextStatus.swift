import EtcdStorage

/// The figures of `etcdutl snapshot status`: equal to those that it prints, the size in the units of all other sizes.
struct InspectionTextStatus {
  let status: SnapshotStatus

  func lines(_ style: Style) -> [String] { Table(alignment: .left, rows: rows).lines(style) }

  private var rows: [Table.Row] {
    [
      .title("etcdutl snapshot status"),
      .cells(["  hash", status.hashText + (status.isHashComparable ? "" : " (of what could be read)")]),
      .cells(["  revision", "\(status.revision)"]),
      .cells(["  total keys", "\(status.totalKeys) up to etcd 3.5, which counts the rows of all buckets"]),
      .cells(["", "\(status.liveKeys) from etcd 3.6 on, which counts live keys"]),
      .cells(["  total size", "\(status.totalSize.inBinaryUnits) (\(status.totalSize.counted("byte")))"]),
      .cells(["  version", status.version.isEmpty ? "none: recorded since etcd 3.6" : status.version]),
    ]
  }
}
