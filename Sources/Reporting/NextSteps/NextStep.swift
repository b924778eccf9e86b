import SnapshotInput
import VerificationModel

/// What to do after a snapshot was verified: why, and what in turn.
///
/// Advice is a promise: followed step by step, the commands lead to a snapshot that passes. No command decrypts what is
/// encrypted.
public struct NextStep: Hashable, Sendable {
  /// Whole sentences.
  public let advice: String
  /// What is to be done in turn; where it is one thing alone, a single step without a text of its own.
  public let steps: [Step]

  /// One thing to do.
  public struct Step: Hashable, Sendable {
    /// What it is.
    public let kind: Kind
    /// A sentence, which says how far it is done; empty where the advice says it all.
    public let text: String
    /// A line for a POSIX shell; nil where no command does it.
    public let command: String?
    /// How far it is done, as far as the snapshot shows.
    public let state: State

    /// A step with what the snapshot shows of it.
    init(_ kind: Kind, _ text: String, command: String? = nil, state: State = .open) {
      self.kind = kind
      self.text = text
      self.command = command
      self.state = state
    }
  }

  /// What a step does. The raw value is what JSON has.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The file is kept, for somebody wrote to etcd past the API servers.
    case evidence
    /// Objects that no API server can read are restored or deleted.
    case unreadableObjects = "unreadable-objects"
    /// The file that the API servers read lets them read every value.
    case readableConfiguration = "readable-configuration"
    /// Every API server encrypts what it writes.
    case encryptingProvider = "encrypting-provider"
    /// One object is written, to see how.
    case trialWrite = "trial-write"
    /// Every object is written again, encrypted.
    case rewriting
    /// Old revisions are removed from the history.
    case compaction
    /// Free pages are removed from the members' files.
    case defragmentation
    /// A snapshot of the new state is taken and verified.
    case newSnapshot = "new-snapshot"
    /// The file and its copies are destroyed.
    case disposal
    /// The credentials that were readable are changed.
    case rotation
    /// Anything else.
    case other
  }

  /// How far a step is done. The raw value is what JSON has.
  public enum State: String, Hashable, Sendable {
    case done
    case open
    /// The snapshot does not show it, or it was not examined.
    case unknown
  }

  init(_ advice: String, command: String? = nil) {
    self.advice = advice
    steps = command.map { [Step(.other, "", command: $0)] } ?? []
  }

  init(_ advice: String, steps: [Step]) {
    self.advice = advice
    self.steps = steps
  }

  /// The lines: the sentences, and below them the steps, whose texts and commands hang under their number.
  func lines(_ style: Style) -> [String] {
    LabelledText(label: "Next:", texts: [advice]).lines(style)
      + steps.enumerated().flatMap { lines(of: $0.element, number: steps.count > 1 ? $0.offset + 1 : nil, style) }
  }

  private static let margin = "Next:  ".columns

  private func lines(of step: Step, number: Int?, _ style: Style) -> [String] {
    let label = number.map { "\($0). " } ?? ""
    let indent = Self.margin + label.columns
    let text = (label + step.text).words.paragraph(indent: Self.margin, hanging: indent, width: style.width)
    return (step.text.isEmpty ? [] : text)
      + (step.command.map { Self.lines(of: $0, indent: indent, width: style.width) } ?? [])
  }

  /// A command that is too long for a line goes on in the next one behind an operator, where a shell expects more.
  private static func lines(of command: String, indent: Int, width: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    guard indent + command.columns > width else { return [margin + command] }
    let operators: Set = ["|", "&&"]
    let parts = command.words.reduce(into: [""]) { parts, word in
      parts[parts.count - 1] += parts[parts.count - 1].isEmpty ? word : " " + word
      if operators.contains(word) { parts.append("") }
    }
    let lines = parts.dropFirst().reduce(into: [parts[0]]) { lines, part in
      let joined = lines[lines.count - 1] + " " + part
      if indent + joined.columns <= width { lines[lines.count - 1] = joined } else { lines.append(part) }
    }
    return lines.map { margin + $0 }
  }
}

extension NextStep {
  /// What `snapshot` calls for; nil when nothing is left to do or to examine.
  public static func after(_ snapshot: SnapshotReport, policy: Policy) -> NextStep? {
    let next = unredacted(snapshot, policy)
    return policy.redaction == nil ? next : next?.withoutRedactedCommands
  }

  /// The same without commands that a shell could not run, because digests stand in them for names.
  private var withoutRedactedCommands: NextStep {
    NextStep(
      advice,
      steps: steps.map { step in
        guard let command = step.command, RedactedName.occurs(in: command) else { return step }
        let text = step.text.hasSuffix(":") ? step.text.dropLast() + "." : step.text
        let remark = "The command has names that are digests here: a report without --redact tells it."
        return Step(step.kind, text.isEmpty ? remark : "\(text) \(remark)", state: step.state)
      })
  }

  private static func unredacted(_ snapshot: SnapshotReport, _ policy: Policy) -> NextStep? {
    if snapshot.isAboutCompanion { return separation(of: snapshot) }
    let tally = Tally(snapshot, policy: policy)
    if snapshot.verdict == .error { return anotherSnapshot(insteadOf: snapshot) }
    if let foreign = anotherConfiguration(for: snapshot, policy) { return foreign }
    let remedy = PlaintextRemedy(snapshot: snapshot, policy: policy, tally: tally)
    if let stop = remedy.encryptionFirst { return stop }
    if remedy.isNeeded { return remedy.nextStep }
    if let live = tally.live, live.undetermined > 0 { return inquiry(into: live, remedy) }
    let rules = snapshot.foundRules.filter { $0 != .keysBesideData || snapshot.severity(of: $0) > .low }
    if let improvement = rules.lazy.compactMap({ improvement(for: $0, in: snapshot, remedy) }).first {
      return improvement
    }
    if tally.isStoreEmpty { return snapshot.verdict == .pass ? nil : anotherScope(than: snapshot) }
    return furtherExamination(policy)
  }

  /// For a file beside snapshots that gives them away.
  private static func separation(of snapshot: SnapshotReport) -> NextStep {
    snapshot.findingCounts[.keysBesideData] == nil
      ? NextStep("Guard this file like the secrets in it, or destroy it. Rotate what others may have read of it.")
      : NextStep(
        "Keep the keys apart from the snapshots that they open. Where others had both, rotate the encryption keys, rewrite "
          + "what they encrypt, and rotate the secrets themselves.")
  }

  private static func anotherSnapshot(insteadOf snapshot: SnapshotReport) -> NextStep {
    let guarding = snapshot.exposed.count > 0 ? " Guard this file like the secrets themselves: some can be read." : ""
    if snapshot.isAltered {
      return NextStep(
        "Don't restore this file: it is not what etcd wrote. Take a new snapshot (etcdctl snapshot save), verify that, "
          + "and find out what changed this one." + guarding)
    }
    if snapshot.bolt != nil {
      return NextStep(
        "Don't rely on this file as a backup, nor on what was read of it: take a new snapshot (etcdctl snapshot save) "
          + "and verify that." + guarding)
    }
    let codes = Set(snapshot.errors.map(\.code))
    if !codes.isDisjoint(with: ["empty-directory", "no-snapshots"]) {
      return NextStep("Check the path. If snapshots should be there, find out why they are not.")
    }
    if !codes.isDisjoint(with: ["not-a-snapshot", "no-snapshot"]), let content = snapshot.file.content {
      let advice = content.advice.prefix(1).uppercased() + content.advice.dropFirst() + "."
      return NextStep(snapshot.findings.isEmpty ? advice : separation(of: snapshot).advice + " " + advice)
    }
    if codes.contains("no-snapshot") {
      return NextStep("Name the archive that holds the snapshot, or take a new snapshot and verify that.")
    }
    if snapshot.path == InputList.standardInput, snapshot.file.bytes == 0, snapshot.file.containers.isEmpty {
      return standardInput
    }
    if codes.contains("empty-file") {
      return NextStep("Find out why the backup that wrote this file failed. Take a new snapshot, and verify that.")
    }
    return snapshot.file.bytes == 0
      ? NextStep("Check the path, what lies there, and that you may read it.")
      : NextStep("Check that this is an etcd snapshot. If it was meant to be one, take a new one and verify that.")
  }

  /// Where nothing could be read from standard input.
  static let standardInput = NextStep(
    "Let a program write the snapshot to standard input (cat backup.db | atrest verify -). If one did, find out why it "
      + "wrote nothing.")

  /// Where no encrypted value fits the configuration, it most likely belongs to another cluster.
  private static func anotherConfiguration(for snapshot: SnapshotReport, _ policy: Policy) -> NextStep? {
    let encrypted = snapshot.encryption.reduce(0) { $0 + $1.live + $1.history }
    guard encrypted > 0 else { return nil }
    let used = snapshot.encryption.filter { $0.live + $0.history > 0 }
    let isWithoutKeys = used.allSatisfy { $0.inConfig == false }
    let failed = snapshot.findingCounts[.authenticationFailed] ?? 0
    let isRefused =
      snapshot.authentication.map { $0.encrypted > 1 && $0.authenticated == 0 && failed == $0.encrypted } ?? false
    guard isWithoutKeys || isRefused else { return nil }
    if let check = policy.configuration, check.keys.isEmpty {
      return NextStep(
        "The configuration encrypts nothing: with it, API servers can't read the \(encrypted.counted("encrypted value")), "
          + "and they write new ones in plaintext. If they use it, put back the providers and keys that wrote these "
          + "values, the encrypting provider first, before anything is written. If not, verify again with the file that "
          + "they use.")
    }
    return NextStep(
      (isWithoutKeys
        ? "The configuration has the key of none of the encrypted values" : "No encrypted value decrypts")
        + ": most likely it belongs to another cluster, or to another time. Verify again with the "
        + "EncryptionConfiguration that the API servers of this cluster used when the snapshot was taken. Only if that "
        + "is the one at hand, suspect the values, and find out who can write to etcd.")
  }

  private static func inquiry(into live: ClassCounts, _ remedy: PlaintextRemedy) -> NextStep {
    live.unknownEnvelope == live.undetermined
      ? NextStep("Find out which provider wrote these values: this version of atrest does not know it.")
      : NextStep(
        "\(remedy.unreadableSentence) Read each through the API server (kubectl get secret NAME -n NAMESPACE). What it "
          + "can't read is lost or was altered: restore it from an older snapshot, or create it anew.")
  }

  private static func anotherScope(than snapshot: SnapshotReport) -> NextStep {
    let reason = snapshot.findings.first { $0.rule == .nothingInScope }.map { PrintableText($0.message).description }
    return NextStep(
      "Check that this is the right snapshot" + (reason.map { ": \($0)" } ?? "") + ". Name another prefix with "
        + "--etcd-prefix; where nothing is expected, pass --allow-empty.")
  }

  /// For rules that leave every value encrypted.
  private static func improvement(for rule: Rule, in snapshot: SnapshotReport, _ remedy: PlaintextRemedy) -> NextStep? {
    switch rule {
    case .plaintextElsewhere where snapshot.exposed.count > 0: NextStep(rule.details.repair, steps: [remedy.rotation])
    case .authenticationFailed, .valueMoved, .nonceReuse, .keyNotInConfig, .configIdentityFirst, .configNotRunning,
      .plaintextElsewhere, .rowsWithheld, .impossibleRow, .nothingAuthenticated:
      NextStep(rule.details.repair)
    case .unrecognizedValue:
      NextStep(rule.details.repair)
    case .providerNotRequired: remedy.requiredProvider
    case .staleKey where snapshot.findings.contains { $0.rule == rule && $0.subject == nil }:
      agedKeys(in: snapshot, remedy)
    case .staleKey:
      NextStep(
        "Rewrite the objects, so that the newest key encrypts them. Until then, and until the history is compacted, keep "
          + "the older keys:",
        command: ShellCommand.rewriting(remedy.resources(of: .staleKey)))
    case .misplacedObject: remedy.misplaced
    case .keysBesideData where snapshot.findings.contains { $0.rule == rule && $0.reason == "file-beside-snapshot" }:
      separation(of: snapshot)
    case .keysBesideData:
      NextStep(
        "Whoever holds this file holds the keys: delete the object that holds them, rotate the encryption keys, rewrite "
          + "what they encrypt, and guard this file like the secrets themselves.")
    case .weakProvider:
      NextStep("Plan the move to a stronger provider: KMS v2, or secretbox where no KMS is at hand.")
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

  /// For keys that are older than the policy allows, or of an age that nothing tells.
  private static func agedKeys(in snapshot: SnapshotReport, _ remedy: PlaintextRemedy) -> NextStep {
    let isOld = snapshot.findings.contains { $0.rule == .staleKey && $0.reason == "older-than-policy" }
    return isOld
      ? NextStep(
        "Put a new key first on every API server, and keep the others behind it. Then rewrite the objects, so that it "
          + "encrypts them:",
        command: ShellCommand.rewriting(remedy.resources(of: .staleKey)))
      : NextStep(
        "Rewrite the objects, and take the next snapshot. No object in the clear tells when these were written:",
        command: ShellCommand.rewriting(remedy.resources(of: .staleKey)))
  }

  private static func furtherExamination(_ policy: Policy) -> NextStep? {
    policy.layers.isSuperset(of: Layer.allCases)
      ? nil : NextStep("Verify the other layers too: leave out --layers.")
  }
}
