import EncryptionConfig
import KubernetesStorage
import VerificationModel

/// How the values of a snapshot stand to the EncryptionConfiguration, in a few sentences.
struct ConfigurationDescription {
  let snapshot: SnapshotReport
  let policy: Policy

  /// The most resources that have a sentence each, and the most keys that are named.
  private static let listLimit = 6
  /// What stands before each of the sentences, or as many spaces.
  private static let label = "Config"
  /// Columns before each of the sentences.
  static let margin = label.columns + 2
  /// Columns for the name of a key.
  private static let keyColumns = 40

  /// The lines; none without a configuration or a store.
  func lines(_ style: Style) -> [String] {
    guard let check = policy.configuration, snapshot.etcd != nil else { return [] }
    let path = PrintableText(check.path).description.elidedAtStart(to: style.width - Self.margin)
    let texts = [path] + source(check.configuration) + progress + [authenticated, retirable, needed].compactMap(\.self)
    return LabelledText(label: Self.label, texts: texts).lines(style)
  }

  /// Where in the file the configuration was found, and what of the file does not count.
  private func source(_ configuration: EncryptionConfiguration) -> [String] {
    // The way to a configuration inside another document has names in it.
    let wrapping = (policy.redaction == nil ? configuration.wrapping : nil).map { wrapping in
      PrintableText("the configuration is in \(wrapping.noun): \(wrapping.location)").description
    }
    let later = configuration.others.count { $0.reason == .laterDocument }
    let ignored = later > 0 ? "an API server ignores \(later.counted("other document")) of the file" : nil
    return [wrapping, ignored].compactMap(\.self)
  }

  // MARK: Writers

  private var progress: [String] {
    let resources = snapshot.resources.filter { $0.rotation != nil && $0.live.total > 0 }
      .sorted { ResourceOrder.precedes($0.resource, $1.resource) }
    guard resources.count <= Self.listLimit else {
      let complete = resources.count { $0.rotation?.isComplete == true }
      return ["of \(resources.count) resources, \(complete) are rewritten with what writes them today"]
    }
    return resources.compactMap { resource in
      resource.rotation.map { sentence(on: PrintableText(resource.resource).description, $0, resource.live.total) }
    }
  }

  private func sentence(on resource: String, _ rotation: SnapshotReport.Rotation, _ live: Int) -> String {
    if rotation.writer == SnapshotReport.Rotation.identity {
      return "\(resource): written in the clear, because identity comes first"
    }
    let writer = "\(resource): written by \(short(rotation.writer))"
    if rotation.isComplete { return "\(writer), as are all \(live) live values" }
    let percent = rotation.written * 100 / max(1, live)
    return "\(writer), as are \(rotation.written) of \(live) live values (\(percent)%)"
  }

  // MARK: Keys

  private var authenticated: String? {
    guard policy.decryption != nil else { return nil }
    let opened = snapshot.encryption.reduce(0) { $0 + ($1.authenticated ?? 0) }
    let all = snapshot.encryption.reduce(0) { $0 + $1.live + $1.history }
    let isLackingSeeds = snapshot.encryption.contains {
      [.kmsv1, .kmsv2].contains($0.provider) && ($0.authenticated ?? 0) < $0.live + $0.history
    }
    return "\(opened) of \(all.counted("encrypted value")) decrypted and found authentic"
      + (isLackingSeeds ? "; those of KMS plugins take --dek-seeds" : "")
  }

  /// What no value of the snapshot needs. Of one that could not be read to its end nobody knows; and where values are
  /// written in the clear, another key is what is missing.
  private var retirable: String? {
    guard snapshot.errors.isEmpty,
      !snapshot.resources.contains(where: { $0.rotation?.writer == SnapshotReport.Rotation.identity })
    else { return nil }
    let keys = snapshot.encryption.filter { $0.inConfig == true && $0.isWriteKey == false && $0.live + $0.history == 0 }
    return keys.isEmpty
      ? nil : "\(list(keys)) could be taken out: no value of this snapshot needs \(keys.count == 1 ? "it" : "them")"
  }

  private var needed: String? {
    let keys = snapshot.encryption.filter {
      $0.inConfig == true && $0.isWriteKey == false && $0.keyID == nil && $0.live + $0.history > 0
    }
    return keys.isEmpty ? nil : "older values still need \(list(keys))"
  }

  private func list(_ keys: [SnapshotReport.KeyUse]) -> String {
    let named = keys.prefix(Self.listLimit).map { short("\($0.provider.rawValue):\($0.name)") }
    let rest = keys.count - named.count
    return (named + (rest > 0 ? ["\(rest) more"] : [])).listed
  }

  private func short(_ key: String) -> String { PrintableText(key).description.elidedInMiddle(to: Self.keyColumns) }
}
