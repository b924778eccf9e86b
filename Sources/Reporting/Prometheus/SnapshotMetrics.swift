import VerificationModel

/// The metrics that have a sample for each snapshot.
struct SnapshotMetrics {
  private let policy: Policy
  private var verdict = MetricFamily("verdict", "The verdict on a snapshot: 1 for the one that holds.")
  private var info = MetricFamily("snapshot_info", "What a snapshot is; always 1.")
  private var size = MetricFamily("snapshot_size_bytes", "Size of the database and its SHA-256, unpacked.")
  private var revision = MetricFamily("snapshot_revision", "The greatest revision of a row.")
  private var errors = MetricFamily("errors", "Reasons for which a snapshot, or part of it, could not be verified.")
  private var values = MetricFamily(
    "values", "Values in scope by resource, layer and class; of residue, objects and fragments in plaintext.")
  private var keyValues = MetricFamily("key_values", "Values in scope by the encryption key that they need.")
  private var findings = MetricFamily("findings", "Findings by rule, with the greatest severity of each.")
  private var waived = MetricFamily("waived_findings", "Findings that the policy waives, by rule.")
  private var exposed = MetricFamily("exposed_objects", "Distinct objects that can be read from the file.")
  private var residue = MetricFamily("unused_pages", "Pages that no page in use owns, by what is known of them.")
  private var encrypted = MetricFamily("encrypted_values", "Encrypted values that were to be decrypted.")
  private var authenticated = MetricFamily("authenticated_values", "Of these, values that were found authentic.")

  init(policy: Policy) { self.policy = policy }

  /// All of them, in the order in which they are written.
  var families: [MetricFamily] {
    [
      verdict, info, size, revision, errors, values, keyValues, findings, waived, exposed, residue, encrypted,
      authenticated,
    ]
  }

  /// Adds the samples of `snapshot`, whose label is `name`.
  mutating func add(_ snapshot: SnapshotReport, named name: String) {
    for state in Verdict.allStates {
      verdict.add(["snapshot": name, "verdict": state.rawValue], snapshot.verdict == state)
    }
    size.add(["snapshot": name], snapshot.file.bytes)
    errors.add(["snapshot": name], snapshot.errors.count + snapshot.errorsOmitted)
    addFile(of: snapshot, name)
    for resource in snapshot.resources { add(resource, of: snapshot, name) }
    addKeys(of: snapshot, name)
    addFindings(of: snapshot, name)
    exposed.add(["snapshot": name], snapshot.exposed.count)
    if let pages = snapshot.residue {
      residue.add(["snapshot": name, "state": "zero"], pages.zeroPages)
      residue.add(["snapshot": name, "state": "explained"], pages.explainedPages)
      residue.add(["snapshot": name, "state": "unexplained"], pages.unexplainedPages)
    }
    if let authentication = snapshot.authentication {
      encrypted.add(["snapshot": name], authentication.encrypted)
      authenticated.add(["snapshot": name], authentication.authenticated)
    }
  }

  private mutating func addFile(of snapshot: SnapshotReport, _ name: String) {
    let hash = snapshot.file.hash.map(HashRecord.init)
    info.add(
      [
        "snapshot": name, "sha256": hash?.computed ?? "", "sha256_status": hash?.status ?? "unread",
        "etcd_version": snapshot.etcd?.version ?? "", "origin": snapshot.bolt?.origin.rawValue ?? "",
        "cluster": policy.cluster ?? "",
      ], 1)
    if let etcd = snapshot.etcd { revision.add(["snapshot": name], etcd.revision) }
  }

  private mutating func add(_ resource: SnapshotReport.ResourceSummary, of snapshot: SnapshotReport, _ name: String) {
    for (layer, counts) in [(Layer.live, resource.live), (.history, resource.history)]
    where policy.layers.contains(layer) {
      let classes = [
        ("plaintext", counts.plaintext), ("encrypted", counts.encrypted), ("malformed", counts.malformed),
        ("unknown-envelope", counts.unknownEnvelope), ("unrecognized", counts.unrecognized), ("empty", counts.empty),
      ]
      for (valueClass, count) in classes { add(count, resource, layer, valueClass, name) }
    }
    guard let residue = resource.residue, policy.layers.contains(.residue) else { return }
    add(residue.objects + residue.fragments, resource, .residue, "plaintext", name)
  }

  private mutating func add(
    _ count: Int, _ resource: SnapshotReport.ResourceSummary, _ layer: Layer, _ valueClass: String, _ name: String
  ) {
    values.add(
      [
        "snapshot": name, "resource": resource.resource, "prefix": resource.prefix.description,
        "layer": layer.rawValue, "class": valueClass,
      ], count)
  }

  private mutating func addKeys(of snapshot: SnapshotReport, _ name: String) {
    for use in snapshot.encryption {
      for (layer, count) in [(Layer.live, use.live), (.history, use.history)] where policy.layers.contains(layer) {
        keyValues.add(
          [
            "snapshot": name, "provider": use.provider.rawValue, "key_name": use.name, "key_id": use.keyID ?? "",
            "layer": layer.rawValue,
          ], count)
      }
    }
  }

  private mutating func addFindings(of snapshot: SnapshotReport, _ name: String) {
    for rule in snapshot.foundRules {
      findings.add(
        ["snapshot": name, "rule": rule.rawValue, "severity": snapshot.severity(of: rule).rawValue],
        snapshot.findingCounts[rule] ?? 0)
    }
    for rule in Rule.allCases {
      guard let count = snapshot.waivedCounts[rule] else { continue }
      waived.add(["snapshot": name, "rule": rule.rawValue], count)
    }
  }
}
