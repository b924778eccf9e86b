import BoltFormat
import EtcdStorage
import KubernetesStorage
import SnapshotInput

/// All that was found out about what one file is and holds. It judges nothing.
public struct Inspection: Sendable {
  /// The path as the caller gave it.
  public let path: String
  /// The file: size and SHA-256.
  public var file: SnapshotReport.FileSummary
  /// What `etcdutl snapshot status` says; nil when no meta page could be read.
  public var status: SnapshotStatus?
  /// The bbolt structure; nil when no meta page could be read.
  public var bolt: SnapshotReport.BoltSummary?
  /// Both meta pages; none when neither could be read.
  public var metas: [MetaPage] = []
  /// The pages of the file by what they are for; nil when no meta page could be read.
  public var pages: PageCensus?
  /// Every byte of the file, by what it is part of; nil when nothing is known of its bytes.
  public var ledger: Ledger?
  /// The buckets in the order of the file: each before those inside it.
  public var buckets: [BucketUsage] = []
  /// Buckets beyond those listed in ``buckets``.
  public var bucketsOmitted = 0
  /// What follows the pages; nil when no meta page could be read.
  public var trailer: TrailerSummary?
  /// The key-value store; nil when bucket `key` was not found. All of its live keys are in scope.
  public var etcd: SnapshotReport.EtcdSummary?
  /// The rows of bucket `meta`; nil when bucket `key` was not found.
  public var metaBucket: MetaBucket?
  /// What the small buckets tell about the cluster; nil when bucket `key` was not found.
  public var cluster: ClusterSummary?
  /// The etcd prefix that was given; nil: found from the keys.
  public var givenPrefix: EtcdPrefix?
  /// All that is stored, by resource.
  public var resources: [ResourceUsage] = []
  /// The encryption keys in use, one entry for each provider, name and key id.
  public var encryption: [SnapshotReport.KeyUse] = []
  /// The API servers whose mirror pods lie in the store in plaintext.
  public var apiServers: [APIServerOutline] = []
  /// Why something could not be read.
  public var errors: [VerificationError] = []
  /// Errors beyond those listed in ``errors``.
  public var errorsOmitted = 0

  /// An inspection that says nothing but that the file at `path` has `bytes` bytes.
  public init(path: String, file: SnapshotReport.FileSummary) {
    self.path = path
    self.file = file
  }

  /// The path, and the name inside an archive.
  public var name: String { path + (file.member.map { ":" + $0 } ?? "") }

  /// Whether everything could be read, and the SHA-256, as far as it was looked at, does not contradict.
  public var isComplete: Bool { errors.isEmpty && errorsOmitted == 0 }

  /// Whether the file is something else than a database: not even damaged, as far as can be seen.
  public var isUnrecognized: Bool {
    let codes = [
      BoltError.Code.notBolt.rawValue, BoltError.Code.fileTooShort.rawValue, InputError.Code.notSnapshot.rawValue,
    ]
    return bolt == nil && !errors.isEmpty && errors.allSatisfy { codes.contains($0.code) }
  }

  /// An inspection that says that none of `inputs` holds a snapshot.
  public static func noSnapshots(in inputs: [String]) -> Inspection {
    var inspection = Inspection(path: inputs.joined(separator: " "), file: .init(bytes: 0))
    inspection.errors = [VerificationError(code: "no-snapshots", message: "no snapshot among the files found")]
    return inspection
  }
}
