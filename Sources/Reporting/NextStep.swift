import SnapshotVerification

/// The one thing to do after a snapshot was verified.
struct NextStep {
  /// Whole sentences.
  let advice: String
  /// A command to go with them.
  let command: String?

  init(_ advice: String, command: String? = nil) {
    self.advice = advice
    self.command = command
  }

  /// What is to be done in turn, instead of the one command.
  private var steps: [String] = []

  /// The lines.
  func lines(_ style: Style) -> [String] {
    LabelledText(label: "Next:", texts: [advice] + (command.map { [$0] } ?? steps)).lines(style.bold)
  }
}

extension NextStep {
  /// What `snapshot` calls for first; nil when nothing is left to do or to examine.
  static func after(_ snapshot: SnapshotReport, policy: Policy) -> NextStep? {
    let tally = Tally(snapshot, policy: policy)
    if snapshot.verdict == .error { return anotherSnapshot(insteadOf: snapshot) }
    if tally.residue > 0 { return disposal(of: snapshot, tally) }
    if let live = tally.live, live.plaintext > 0 { return encryption(of: snapshot) }
    if let live = tally.live, live.undetermined > 0 { return inquiry(into: live) }
    if !tally.isClean { return compaction(of: snapshot) }
    if tally.isEmpty { return snapshot.verdict == .pass ? nil : anotherScope(than: snapshot) }
    return snapshot.foundRules.lazy.filter { $0 != .keysBesideData || snapshot.severity(of: $0) > .low }
      .compactMap(improvement).first ?? furtherExamination(policy)
  }

  private static func anotherSnapshot(insteadOf snapshot: SnapshotReport) -> NextStep {
    if snapshot.isAltered {
      return NextStep(
        "Don't restore this file: it is not what etcd wrote. Take a new snapshot (etcdctl snapshot save), verify that, "
          + "and find out what changed this one.")
    }
    if snapshot.bolt != nil {
      return NextStep(
        "Don't rely on this file as a backup, nor on what was read of it: take a new snapshot (etcdctl snapshot save) "
          + "and verify that.")
    }
    let codes = Set(snapshot.errors.map(\.code))
    if !codes.isDisjoint(with: ["empty-directory", "no-snapshots"]) {
      return NextStep("Check the path. If snapshots should be there, find out why they are not.")
    }
    if codes.contains("empty-file") {
      return NextStep("Find out why the backup that wrote this file failed. Take a new snapshot, and verify that.")
    }
    return snapshot.file.bytes == 0
      ? NextStep("Check the path, what lies there, and that you may read it.")
      : NextStep("Check that this is an etcd snapshot. If it was meant to be one, take a new one and verify that.")
  }

  private static func encryption(of snapshot: SnapshotReport) -> NextStep {
    let resources = Set(snapshot.resources.filter { $0.live.plaintext > 0 }.map(\.resource)).sorted()
    guard resources.count <= listedResources else {
      return NextStep(
        "Check that the EncryptionConfiguration of every API server lists an encrypting provider first for each of the "
          + "\(resources.count) resources that are not encrypted. Then rewrite all of them, and verify a new snapshot:",
        command: "kubectl get RESOURCE --all-namespaces -o json | kubectl replace -f -")
    }
    let listed = PrintableText(resources.joined(separator: ",")).description
    return NextStep(
      "Check that the EncryptionConfiguration of every API server lists an encrypting provider first for \(listed). "
        + "Then rewrite all of them, and verify a new snapshot:",
      command: "kubectl get \(listed) --all-namespaces -o json | kubectl replace -f -")
  }

  /// More resources than these are not named one by one.
  private static let listedResources = 3

  private static func inquiry(into live: ClassCounts) -> NextStep {
    live.unknownEnvelope == live.undetermined
      ? NextStep("Find out which provider wrote these values: this version of atrest does not know it.")
      : NextStep(
        "Read these values through the API server (kubectl get secret NAME -n NAMESPACE). What it can't read is lost "
          + "or was altered: restore it from an older snapshot, or create it anew.")
  }

  private static func compaction(of snapshot: SnapshotReport) -> NextStep {
    let revision = snapshot.etcd.map { String($0.revision) } ?? "REVISION"
    return NextStep(
      "Compact the history, defragment every member, and verify a new snapshot. Old revisions stay in this file: guard "
        + "it like the secrets themselves, or delete it.",
      command: "etcdctl compact --physical \(revision) && etcdctl defrag --cluster")
  }

  private static func disposal(of snapshot: SnapshotReport, _ tally: Tally) -> NextStep {
    var next = NextStep("Old plaintext is still in this file: guard it like the secrets themselves. Then, in turn:")
    next.steps = ResidueRemedy(snapshot: snapshot, tally: tally).steps
    return next
  }

  private static func anotherScope(than snapshot: SnapshotReport) -> NextStep {
    let reason = snapshot.findings.first { $0.rule == .nothingInScope }.map { PrintableText($0.message).description }
    return NextStep(
      "Check that this is the right snapshot" + (reason.map { ": \($0)" } ?? "") + ". Name another prefix with "
        + "--etcd-prefix; where nothing is expected, pass --allow-empty.")
  }

  /// For rules that leave every value encrypted.
  private static func improvement(for rule: Rule) -> NextStep? {
    switch rule {
    case .authenticationFailed, .valueMoved, .nonceReuse, .keyNotInConfig, .configNotRunning:
      NextStep(rule.details.repair)
    case .staleKey:
      NextStep(
        "Rewrite all secrets, so that the newest key encrypts them. Until then, and until the history is compacted, the "
          + "older keys must be kept:",
        command: "kubectl get secrets --all-namespaces -o json | kubectl replace -f -")
    case .misplacedObject:
      NextStep(
        "Find out who wrote these objects to etcd: an API server keeps none there, and encrypts none. Delete their keys, "
          + "and rotate the credentials in them.")
    case .keysBesideData:
      NextStep(
        "Whoever holds this file holds the keys: delete the object that holds them, rotate the encryption keys, rewrite "
          + "what they encrypt, and guard this file like the secrets themselves.")
    case .weakProvider:
      NextStep("Plan the move to a stronger provider: kms v2, or secretbox where no KMS is at hand.")
    case .trailingData:
      NextStep("Find out what appended bytes to this file after etcd wrote it.")
    case .residueUnexplained:
      NextStep(
        "Defragment every member (etcdctl defrag --cluster) and take a new snapshot: free pages are left behind. Treat this "
          + "one as confidential.")
    case .hashMissing:
      NextStep("Take backups with etcdctl snapshot save: it appends the SHA-256 by which damage is noticed.")
    default:
      nil
    }
  }

  private static func furtherExamination(_ policy: Policy) -> NextStep? {
    policy.layers.isSuperset(of: Layer.allCases)
      ? nil : NextStep("Verify the other layers too: leave out --layers.")
  }
}
