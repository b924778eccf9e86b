import Reporting
import VerificationModel

/// The encryption keys: for each a bar of the values that need it.
struct KeyPart {
  private let part: SnapshotPart

  /// The most keys that are listed: a forged file may name very many.
  private static let limit = 200

  init(of part: SnapshotPart) { self.part = part }

  /// Writes the part.
  func write(to page: inout PageWriter) throws {
    let keys = part.snapshot.encryption
    let most = keys.map { $0.live + $0.history }.max() ?? 0
    let rest = keys.count - Self.limit
    try page.write(
      .keys,
      part.filling(
        "keys",
        [
          "caption": .text("All bars have one scale. Keep a key for as long as a value or a backup needs it."),
          "keys": .list(keys.prefix(Self.limit).map { row($0, most: most) }),
          "rest": .part("rest", rest > 0 ? "… and \(rest.counted("more key"))" : nil),
        ]))
  }

  private func row(_ key: SnapshotReport.KeyUse, most: Int) -> Filling {
    let bar = Bar(
      shares: [Bar.Share(kind: "live", count: key.live), Bar.Share(kind: "history", count: key.history)], total: most)
    let standing = standing(of: key)
    return [
      "provider": .text(key.provider.rawValue), "name": .text(key.name), "keyID": .part("keyID", key.keyID),
      "standing": .part("standing", standing.isEmpty ? nil : standing), "pieces": bar.pieces,
      "words": .list(
        words(of: key).map { ["kind": .text($0.kind), "text": .text($0.text)] }),
    ]
  }

  private func words(of key: SnapshotReport.KeyUse) -> [(kind: String, text: String)] {
    guard key.live + key.history > 0 else { return [("quiet", "no value needs it")] }
    let phrases = [
      ("dot live", "\(key.live) live", part.policy.layers.contains(.live)),
      ("dot history", "\(key.history) old", part.policy.layers.contains(.history)),
    ]
    return phrases.filter(\.2).map { ($0.0, $0.1) }
  }

  /// What is known of the key beside the values.
  private func standing(of key: SnapshotReport.KeyUse) -> String {
    let inConfiguration = key.inConfig.map { $0 ? "in the configuration" : "not in the configuration" }
    let phrases = [
      key.newestRevision.map { "newest value: revision \($0)" }, inConfiguration,
      key.isWriteKey == true ? "writes new values" : nil,
      key.authenticated.map { "\($0) decrypted and found authentic" },
    ]
    return phrases.compactMap(\.self).joined(separator: "; ")
  }
}
