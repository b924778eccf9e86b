import SnapshotVerification
import TestSupport
import VerificationModel

/// The report about a file of these bytes.
func report(on file: [UInt8], _ policy: Policy = Policy.rows()) throws -> SnapshotReport {
  let directory = try TemporaryDirectory()
  return try Verifier(policy: policy).verify(path: directory.file("backup.db", file))
}

/// The report about what `etcdctl snapshot save` makes of a database.
func report(on image: BoltImage, _ policy: Policy = Policy.rows()) throws -> SnapshotReport {
  try report(on: image.snapshot(), policy)
}

/// The report about a snapshot of a store with this root bucket.
func report(on root: BoltBucket, _ policy: Policy = Policy.rows()) throws -> SnapshotReport {
  try report(on: BoltWriter().image(root), policy)
}

/// The report about a snapshot of a store.
func report(on etcd: EtcdWriter, _ policy: Policy = Policy.rows()) throws -> SnapshotReport {
  try report(on: etcd.root, policy)
}

/// The report about a snapshot of a store in which these operations were carried out.
func report(on operations: [EtcdWriter.Operation], _ policy: Policy = Policy.rows()) throws -> SnapshotReport {
  try report(on: EtcdWriter(.v36, operations), policy)
}

/// The etcd key of a core Secret.
func secretKey(_ name: String, namespace: String = "default", prefix: String = "/registry") -> String {
  "\(prefix)/secrets/\(namespace)/\(name)"
}

extension EtcdWriter.Row {
  /// A row about the Secret `name`: a put of `value`, or a deletion.
  static func secret(
    _ name: String, _ main: Int64, sub: Int64 = 0, version: Int64 = 1, _ value: [UInt8]?
  ) -> EtcdWriter.Row {
    let key = Array(secretKey(name).utf8)
    guard let value else {
      return EtcdWriter.Row(main: main, sub: sub, isTombstone: true, keyValue: EtcdWriter.KeyValue(key: key))
    }
    let keyValue = EtcdWriter.KeyValue(
      key: key, createRevision: main, modRevision: main, version: version, value: value)
    return EtcdWriter.Row(main: main, sub: sub, keyValue: keyValue)
  }
}

extension BoltBucket {
  /// The root bucket of a store whose bucket `key` holds these rows, in this order.
  static func store(_ rows: [EtcdWriter.Row]) -> BoltBucket { store(rows.map(\.entry)) }

  /// The root bucket of a store whose bucket `key` holds these entries, in this order.
  static func store(_ entries: [BoltBucket.Entry]) -> BoltBucket {
    var root = EtcdWriter().root
    root["key"] = BoltBucket(entries)
    return root
  }
}

extension ClassCounts {
  /// So many values of each class.
  init(plaintext: Int = 0, encrypted: Int = 0, malformed: Int = 0, unknownEnvelope: Int = 0, unrecognized: Int = 0) {
    self.init()
    self.plaintext = plaintext
    self.encrypted = encrypted
    self.malformed = malformed
    self.unknownEnvelope = unknownEnvelope
    self.unrecognized = unrecognized
  }
}

extension SnapshotReport {
  /// Live values of all prefixes together.
  var live: ClassCounts { sum(\.live) }

  /// Old values of all prefixes together.
  var history: ClassCounts { sum(\.history) }

  /// The rules of the findings, in the order of the report.
  var rules: [Rule] { findings.map(\.rule) }

  /// The codes of the errors, in the order of the report.
  var errorCodes: [String] { errors.map(\.code) }

  private func sum(_ layer: KeyPath<ResourceSummary, ClassCounts>) -> ClassCounts {
    resources.map { $0[keyPath: layer] }.reduce(into: ClassCounts()) { sum, counts in
      sum.plaintext += counts.plaintext
      sum.encrypted += counts.encrypted
      sum.malformed += counts.malformed
      sum.unknownEnvelope += counts.unknownEnvelope
      sum.unrecognized += counts.unrecognized
      sum.empty += counts.empty
    }
  }
}

extension Finding {
  /// The etcd key, if the finding names one.
  var key: String? { subject?.names?.key?.description }
}
