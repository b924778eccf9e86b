/// When a snapshot was taken, and what says so.
///
/// Never the time at which something was done with the snapshot. What is not known of it is said: how exact it is, and
/// whether its zone is known.
public struct SnapshotTime: Hashable, Sendable {
  /// Seconds from the start of 1970, in UTC; of a time of which the zone is not known, as if that were UTC.
  public let seconds: Int64
  /// How exactly the source tells it.
  public let precision: Precision
  /// Whether the source tells the zone; if not, UTC is assumed, and the time may be up to 14 hours off.
  public let isZoneKnown: Bool
  /// What says so.
  public let source: Source

  /// How exactly a time is told, in seconds.
  public enum Precision: Int64, Hashable, Sendable {
    case second = 1
    case minute = 60
    /// Of a date alone: ``seconds`` is the beginning of that day.
    case day = 86_400
  }

  /// What says when a snapshot was taken.
  public enum Source: Hashable, Sendable {
    /// Whoever took it into a case.
    case option
    /// A name of this form: that of the file, or of a directory or an archive that holds it.
    case name(Form, String)
    /// The archive, which has this as the time at which the file was last modified. Whoever packs a file may change it.
    case entryTime
    /// The file system, which has this as the time at which the file was last modified. Whoever copies a file may change it.
    case fileTime
  }

  /// The known forms of names that have a time in them. The raw value is what reports print.
  public enum Form: String, CaseIterable, Hashable, Sendable {
    /// `etcd-snapshot-NODE-1764468000`, `on-demand-…`: k3s and RKE2.
    case k3s
    /// `etcd-old-1764468000`, `etcd-backup-…`: what k3s and RKE2 leave of a data directory.
    case k3sDirectory = "k3s-directory"
    /// `Full-00000000-00184521-1764468000.gz`: Gardener's etcd-backup-restore, and its older directories `Backup-…`.
    case gardener
    /// `snapshot_2026-11-30_020000.db`: OpenShift's cluster-backup.sh.
    case openShift = "openshift"
    /// The directory `2026-11-30T02:00:00Z-000001`: etcd-manager of kOps.
    case kOps = "kops"
    /// The directory `etcd-2026-11-30_02:00:00`.
    case kubespray
    /// The directory `kubeadm-backup-etcd-2026-11-30-02-00-00`.
    case kubeadm
    /// `2026-11-30T02:00:00Z_etcd`, `rke_etcd_snapshot_…`: RKE1.
    case rke1
    /// `etcd-snapshot-2026-11-30-02.00.00.tar.gz`: Charmed Kubernetes.
    case charmed
    /// A date, and perhaps a time of day, as scripts put it into names.
    case date
    /// A number of seconds since 1970.
    case unixSeconds = "unix-seconds"
  }

  package init(seconds: Int64, precision: Precision, isZoneKnown: Bool, _ source: Source) {
    self.seconds = seconds
    self.precision = precision
    self.isZoneKnown = isZoneKnown
    self.source = source
  }

  init(_ reading: TimeReading, _ source: Source) {
    self.init(seconds: reading.seconds, precision: reading.precision, isZoneKnown: reading.isZoneKnown, source)
  }

  /// Seconds since 1970 at which snapshots may have been taken.
  static let plausibleSeconds: ClosedRange<Int64> = 1_388_534_400...4_102_444_799
}

extension SnapshotTime: CustomStringConvertible {
  /// As RFC 3339 has it, in UTC: `2026-11-30T02:00:00Z`.
  public var description: String { CalendarTime(seconds: seconds).description }
}
