import KubernetesStorage
import VerificationModel

/// All that is to be done about plaintext in a snapshot, in whatever layer it lies: the steps in their order, and which of
/// them the snapshot shows as done.
///
/// Objects are rewritten only where nothing says that an API server writes in the clear: it would decrypt them. History is
/// compacted at the revision that etcd has then, for what is live in this snapshot becomes history by being rewritten.
struct PlaintextRemedy {
  let snapshot: SnapshotReport
  let policy: Policy
  let tally: Tally

  /// More resources than these are not named one by one in a sentence.
  private static let namedResources = 3

  private var byResource: [(name: String, summaries: [SnapshotReport.ResourceSummary])] {
    Dictionary(grouping: snapshot.resources, by: \.resource)
      .sorted { ResourceOrder.precedes($0.key, $1.key) }.map { ($0.key, $0.value) }
  }

  /// Whether something can be read, or something old can't be verified.
  var isNeeded: Bool {
    tally.residue > 0 || (tally.live?.plaintext ?? 0) > 0 || (tally.history?.plaintext ?? 0) > 0
      || (tally.history?.undetermined ?? 0) > 0 && (tally.live?.undetermined ?? 0) == 0
  }

  /// Whether anything can be read from the file.
  private var isReadable: Bool {
    tally.residue > 0 || (tally.live?.plaintext ?? 0) + (tally.history?.plaintext ?? 0) > 0
  }

  /// The resources that findings of `rule` are about; Secrets where none says.
  func resources(of rule: Rule) -> [String] {
    let named = Set(snapshot.findings.filter { $0.rule == rule }.compactMap(\.resource))
    return named.isEmpty ? ["secrets"] : named.sorted(by: ResourceOrder.precedes)
  }

  /// The steps, and what they are for.
  var nextStep: NextStep {
    let live = plaintextResources
    if isReadable, !live.isEmpty, live.allSatisfy(Self.expires), tally.residue == 0 { return expiry(of: live) }
    let common: [NextStep.Step?] = [
      evidence, unreadableObjects, movedValues, misplacedObjects, readableConfiguration, encryption, rewriting,
      compaction, defragmentation,
    ]
    let steps = common.compactMap(\.self) + [newSnapshot] + (isReadable ? [disposal, rotation] : [])
    return NextStep(
      isReadable
        ? "\(guarding) Then, in turn:"
        : "Some old revisions can't be verified. Compact them away, in turn:", steps: steps)
  }

  /// What can be read, and that the file is to be guarded.
  private var guarding: String {
    let exposure = snapshot.exposed.count > 0 ? ExposureTable.subject(of: snapshot.exposed) : "Plaintext"
    return "\(exposure) can be read from this file: guard it like the secrets themselves."
  }

  // MARK: Encryption first

  /// Where new values are written in the clear although others are encrypted, rewriting would decrypt those: nothing is
  /// rewritten before that has changed.
  var encryptionFirst: NextStep? {
    let decrypting = byResource.filter { _, summaries in
      ResourceWriting(summaries).decrypts && summaries.contains { $0.live.total > 0 }
    }
    guard policy.layers.contains(.live), let first = decrypting.first else { return nil }
    let names = sentenceList(decrypting.map(\.name))
    let encrypted = decrypting.flatMap(\.summaries).reduce(0) { $0 + $1.live.encrypted }
    let isConfigured = decrypting.allSatisfy {
      if case .configuredInTheClear = ResourceWriting($0.summaries) { true } else { false }
    }
    let cause =
      isConfigured
      ? "The configuration writes new \(names) in plaintext, because no encrypting provider comes first."
      : "The newest of \(names) are plaintext although others are encrypted: an API server writes without encryption."
    let warning = encrypted > 0 ? " Don't write the others again yet: that would decrypt \(encrypted)." : ""
    return NextStep(
      cause + warning + (isReadable ? " " + guarding : ""),
      steps: (evidence.map { [$0] } ?? []) + [
        NextStep.Step(
          .encryptingProvider,
          "On every API server, put an encrypting provider first for \(names) in the EncryptionConfiguration, keep the "
            + "other keys and identity behind it, and restart the API server or let it reload the file."),
        NextStep.Step(
          .trialWrite,
          "Write one object through each API server, so that the next snapshot shows what it does. Delete these objects "
            + "afterwards.",
          command: first.name == "secrets" ? ShellCommand.trialWrite : nil),
        NextStep.Step(
          .newSnapshot,
          (isConfigured
            ? "Take a new snapshot and verify it against the mended configuration"
            : "Take a new snapshot and verify it") + ": its report says what to write again then.",
          command: ShellCommand.newSnapshot(policy)),
      ])
  }

  // MARK: Steps

  /// Objects in scope that lie where no API server keeps any.
  var misplaced: NextStep {
    let steps: [NextStep.Step?] = [evidence, misplacedObjects, compaction(":"), defragmentation]
    return NextStep(
      (snapshot.exposed.count > 0 ? guarding + " " : "")
        + "An API server keeps no such objects where they are, and encrypts none there. In turn:",
      steps: steps.compactMap(\.self) + [newSnapshot, disposal, rotation])
  }

  /// What only somebody who writes to etcd past the API servers leaves behind.
  private var tampering: [String] {
    func count(_ rule: Rule) -> Int { snapshot.findingCounts[rule] ?? 0 }
    return [
      forged > 0 ? "\(forged.counted("plaintext value")) that no API server wrote" : nil,
      count(.valueMoved) > 0 ? count(.valueMoved).counted("moved value") : nil,
      count(.misplacedObject) > 0 ? count(.misplacedObject).counted("misplaced object") : nil,
      count(.plaintextElsewhere) > 0 ? count(.plaintextElsewhere).counted("object") + " where etcd keeps none" : nil,
      count(.rowsWithheld) > 0 ? "hidden rows" : nil,
      count(.impossibleRow) > 0 ? count(.impossibleRow).counted("row") + " that etcd can't have written" : nil,
    ].compactMap(\.self)
  }

  /// Somebody may have to prove one day what was found.
  private var evidence: NextStep.Step? {
    let signs = tampering
    guard !signs.isEmpty else { return nil }
    return NextStep.Step(
      .evidence,
      "Somebody wrote to etcd past the API servers: the file has \(signs.listed). Keep one copy of it as evidence, "
        + "encrypted, and find out who can write to etcd.")
  }

  /// Values that API servers wrote, and somebody put elsewhere.
  private var movedValues: NextStep.Step? {
    let moved = snapshot.layerCounts[.live]?[.valueMoved] ?? 0
    guard moved > 0 else { return nil }
    return NextStep.Step(
      .unreadableObjects,
      "\(moved.counted("live value")) \(moved == 1 ? "was" : "were") moved there from another etcd key. Restore each of "
        + "these objects from an older snapshot, or delete its key (etcdctl del KEY) and create it anew.")
  }

  private var misplacedObjects: NextStep.Step? {
    let count = snapshot.findingCounts[.misplacedObject] ?? 0
    guard count > 0 else { return nil }
    return NextStep.Step(
      .unreadableObjects,
      count == 1
        ? "Delete the etcd key of the misplaced object (etcdctl del KEY): no API server needs it."
        : "Delete the etcd keys of the \(count) misplaced objects (etcdctl del KEY): no API server needs them.")
  }

  /// Plaintext among the live values that no API server can read, for no API server wrote it so: behind the envelope of a
  /// provider, or other bytes.
  private var forged: Int {
    let reasons = [Reason.forgedEnvelope, .behindOtherBytes].map(\.rawValue)
    return snapshot.findings.count { $0.rule == .plaintextLive && $0.reason.map(reasons.contains) == true }
  }

  /// While one object can't be read, no list of its resource can.
  private var unreadableObjects: NextStep.Step? {
    let count = unreadable
    guard count > 0, (tally.live?.plaintext ?? 0) > 0 else { return nil }
    return NextStep.Step(
      .unreadableObjects,
      "\(unreadableSentence) Restore each from an older snapshot, or delete its key (etcdctl del KEY) and create it anew."
    )
  }

  /// That lists fail, and because of how many objects.
  var unreadableSentence: String {
    let count = unreadable
    let objects = count == 1 ? "1 object" : "\(count) objects"
    return "API servers can't read \(objects), and lists of the resource (kubectl get) fail while they are there."
  }

  private var unreadable: Int {
    let live = snapshot.layerCounts[.live] ?? [:]
    return (tally.live?.undetermined ?? 0) + live[.authenticationFailed, default: 0] + forged
  }

  /// What is missing for the API servers to read all that is to be rewritten.
  private var readableConfiguration: NextStep.Step? {
    guard policy.configuration != nil, !plaintextResources.isEmpty else { return nil }
    let isWithoutIdentity = snapshot.findings.contains { $0.rule == .plaintextLive && $0.reason == "no-identity" }
    let missing = snapshot.layerCounts[.live]?[.keyNotInConfig] ?? 0
    guard isWithoutIdentity || missing > 0 else { return nil }
    let parts = [
      isWithoutIdentity ? "put 'identity: {}' last, so that API servers can read the plaintext" : nil,
      missing > 0 ? "put back the keys that \(missing) encrypted values need" : nil,
    ].compactMap(\.self)
    return NextStep.Step(.readableConfiguration, "In the EncryptionConfiguration, \(parts.listed).")
  }

  /// Resources with live plaintext, Secrets first.
  private var plaintextResources: [String] {
    guard policy.layers.contains(.live) else { return [] }
    return byResource.filter { $0.summaries.contains { $0.live.plaintext > 0 } }.map(\.name)
  }

  private var encryption: NextStep.Step {
    let open = plaintextResources
    let names = open.isEmpty ? tally.noun.plural : sentenceList(open)
    let text = "On every API server, let an encrypting provider come first for \(names) in the EncryptionConfiguration"
    let concerned = byResource.filter { open.isEmpty || open.contains($0.name) }
    if concerned.contains(where: { $0.summaries.contains(where: \.hasPlaintextAfterEncrypted) }) {
      return NextStep.Step(
        .encryptingProvider,
        text + ". Compare all of them before you go on: some plaintext is newer than encrypted values, and an API "
          + "server without encryption would decrypt what it rewrites.")
    }
    let isDone = concerned.allSatisfy { _, summaries in
      if case .encrypting = ResourceWriting(summaries) { true } else { summaries.allSatisfy { $0.live.total == 0 } }
    }
    if isDone, (tally.live?.total ?? 0) > 0 {
      return NextStep.Step(.encryptingProvider, text + ": done, the newest values are encrypted.", state: .done)
    }
    return NextStep.Step(
      .encryptingProvider, text + ", and restart it or let it reload the file.",
      state: policy.layers.contains(.live) && (tally.live?.encrypted ?? 0) == 0 ? .open : .unknown)
  }

  private var rewriting: NextStep.Step? {
    guard let live = tally.live else {
      return NextStep.Step(
        .rewriting, "Rewrite every object so that it is encrypted: not examined, leave out --layers.", state: .unknown)
    }
    let written = live.plaintext - forged
    // Those that no API server can read are dealt with before.
    if live.plaintext > 0, written <= 0 { return nil }
    guard live.plaintext > 0 else {
      return NextStep.Step(
        .rewriting,
        live.encrypted == live.total
          ? "Rewrite every object so that it is encrypted: done, \(allOf(live.total)) encrypted."
          : "Rewrite every object so that it is encrypted: done, none is plaintext.", state: .done)
    }
    let resources = plaintextResources.filter { !Self.expires($0) }
    let left = plaintextResources.contains(where: Self.expires) ? " Events expire by themselves." : ""
    let unnamed = resources.filter { !ShellCommand.isResourceName($0) }.count
    let rest = max(0, resources.count - unnamed - ShellCommand.resourceLimit)
    return NextStep.Step(
      .rewriting,
      "Rewrite every object so that it is encrypted: \(written) of \(tally.noun.counted(live.total)) "
        + "\(written == 1 ? "is" : "are") not yet.\(left)"
        + (rest > 0 ? " This is for the first \(ShellCommand.resourceLimit) resources; then verify again." : ""),
      command: ShellCommand.rewriting(resources))
  }

  private func allOf(_ count: Int) -> String {
    count == 1 ? "the only one is" : "all \(tally.noun.counted(count)) are"
  }

  private var compaction: NextStep.Step {
    guard let history = tally.history else {
      return compaction(": whether it must be was not examined.", state: .unknown)
    }
    let isDone = history.plaintext + history.undetermined == 0 && (tally.live.map { $0.plaintext == 0 } ?? false)
    return isDone && (snapshot.findingCounts[.misplacedObject] ?? 0) == 0
      ? NextStep.Step(.compaction, "Compact the history: done, no old revision is plaintext.", state: .done)
      : compaction(":")
  }

  /// That the history is to be compacted, whose sentence ends so.
  private func compaction(_ ending: String, state: NextStep.State = .open) -> NextStep.Step {
    NextStep.Step(
      .compaction, "Compact the history up to the revision that etcd has by then" + ending,
      command: ShellCommand.compaction, state: state)
  }

  private var defragmentation: NextStep.Step {
    NextStep.Step(
      .defragmentation, "Defragment every member, so that free pages leave its file:",
      command: ShellCommand.defragmentation)
  }

  private var newSnapshot: NextStep.Step {
    NextStep.Step(.newSnapshot, "Take a new snapshot and verify it:", command: ShellCommand.newSnapshot(policy))
  }

  private var disposal: NextStep.Step {
    NextStep.Step(
      .disposal,
      tampering.isEmpty
        ? "Once the new one passes, destroy this file and every copy of it."
        : "Once the new one passes, destroy every copy of this file but the one kept as evidence.")
  }

  /// What was readable is changed.
  var rotation: NextStep.Step {
    let count = snapshot.exposed.count
    let objects = count == 0 ? "the objects" : count == 1 ? "the object" : "the \(count) objects"
    let text = "Rotate the credentials in \(objects) that this file discloses."
    guard let command = ShellCommand.exposed(in: snapshot.path, policy) else {
      let way =
        policy.redaction == nil
        ? "save it under a plain name, and verify that with --list-exposed"
        : "verify this file with --list-exposed, and without --redact"
      return NextStep.Step(.rotation, text + " To list them, \(way).")
    }
    return NextStep.Step(.rotation, text + " To list them:", command: command)
  }

  // MARK: Other remedies

  /// Events live for an hour unless the API server's `--event-ttl` says otherwise, and nobody rewrites them.
  private static func expires(_ resource: String) -> Bool {
    resource == "events" || resource == "events.events.k8s.io"
  }

  private func expiry(of resources: [String]) -> NextStep {
    let names = sentenceList(resources)
    return NextStep(
      "Let an encrypting provider come first for \(names) on every API server. Events expire by themselves, after an hour "
        + "unless --event-ttl says otherwise. Then, in turn:",
      steps: [encryption, compaction, defragmentation, newSnapshot, disposal])
  }

  /// For values that another provider than the required one encrypts.
  var requiredProvider: NextStep {
    let required = policy.requiredProvider?.description ?? "the provider that the policy requires"
    let resources = resources(of: .providerNotRequired)
    return NextStep(
      "Some values are encrypted, but not by \(required). In turn:",
      steps: [
        NextStep.Step(
          .encryptingProvider,
          "On every API server, put \(required) first for \(sentenceList(resources)) in the EncryptionConfiguration, and "
            + "keep the other keys behind it.", state: .unknown),
        NextStep.Step(
          .rewriting, "Rewrite the objects, so that it encrypts them:", command: ShellCommand.rewriting(resources)),
        newSnapshot,
      ])
  }

  private func sentenceList(_ resources: [String]) -> String {
    let names = resources.prefix(Self.namedResources).map { PrintableText($0).description.elidedInMiddle(to: 40) }
    let rest = resources.count - names.count
    return (names + (rest > 0 ? [rest.counted("more resource")] : [])).listed
  }
}
