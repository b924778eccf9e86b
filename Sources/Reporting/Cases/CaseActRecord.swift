import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An entry of a case's log.
struct CaseActRecord: Encodable {
  let sequence: Int
  let digest: String
  let datetime: String
  let description = "entry of the log"
  let message: String
  let user: PrintableText
  let host: PrintableText
  let release: PrintableText
  let act: PrintableText
  let arguments: [PrintableText]
  let path: PrintableText?
  let member: PrintableText?
  let sha256: String?
  let bytes: UInt64?
  let outcome: String?
  let snapshot: CaseSnapshotNameRecord?
  let reason: PrintableText?

  private enum CodingKeys: String, CodingKey {
    case sequence, digest, datetime
    case description = "timestamp_desc"
    case message, user, host, release, act, arguments, path, member, sha256, bytes, outcome, snapshot, reason
  }

  init(_ act: CaseAct) {
    sequence = act.sequence
    digest = act.digest.description
    datetime = Date(timeIntervalSince1970: Double(act.time)).formatted(.iso8601)
    user = PrintableText(act.user)
    host = PrintableText(act.host)
    release = PrintableText(act.release)
    self.act = PrintableText(act.act)
    arguments = act.arguments.map(PrintableText.init)
    path = (act.evidence?.path).map(PrintableText.init)
    member = (act.evidence?.member).map(PrintableText.init)
    sha256 = act.evidence?.digest?.description
    bytes = act.evidence?.bytes
    switch act.outcome {
    case .added(let id): (outcome, snapshot, reason) = ("added", CaseSnapshotNameRecord(id), nil)
    case .known(let id): (outcome, snapshot, reason) = ("known", CaseSnapshotNameRecord(id), nil)
    case .failed(let text): (outcome, snapshot, reason) = ("failed", nil, PrintableText(text))
    case nil: (outcome, snapshot, reason) = (nil, nil, nil)
    }
    let words = [outcome, path?.description].compactMap(\.self).map { " " + $0 }.joined()
    message = "\(user)@\(host): \(self.act)\(words)"
  }

  // MARK: CSV

  static let columns = [
    "datetime", "timestamp_desc", "message", "sequence", "digest", "user", "host", "release", "act", "arguments",
    "path",
    "member", "sha256", "bytes", "outcome", "cluster", "snapshot", "reason",
  ]

  var fields: [String] {
    [
      datetime, description, message, "\(sequence)", digest, user.description, host.description, release.description,
      act.description, arguments.map { $0.description.shellWord }.joined(separator: " "), path?.description ?? "",
      member?.description ?? "", sha256 ?? "", bytes.map { "\($0)" } ?? "", outcome ?? "",
      snapshot?.cluster.description ?? "", snapshot.map { "\($0.number)" } ?? "", reason?.description ?? "",
    ]
  }
}
