import BoltFormat
import EtcdStorage
import Reporting
import TestSupport
import VerificationModel

@testable import KubernetesStorage

extension Sample {
  /// A finding that has whatever a finding can have.
  static var everything: Finding {
    var finding = plaintextFinding(.plaintextResidue, name: "old")
    finding.layer = .residue
    finding.provider = "aescbc"
    finding.keyName = "key1"
    finding.keyID = "projects/a/keys/b"
    finding.reason = "forged-envelope"
    finding.locations = [ByteOffset(28_772), ByteOffset(40_000)]
    finding.alsoIn = [.live, .history]
    finding.movedFrom = EtcdKey(bytes: Array("/registry/secrets/default/\u{E4}%".utf8))
    return finding
  }

  /// A finding with names of every hostile kind.
  static func hostile(_ name: String, _ rule: Rule = .plaintextLive) -> Finding {
    var finding = Finding(rule, "of \(name)")
    finding.layer = .live
    finding.resource = name
    finding.page = PageID(7)
    finding.provider = name
    finding.keyName = name
    finding.keyID = name
    finding.reason = name
    let outline = SecretOutline(type: name, data: [.init(name: name, bytes: 1)], isCut: false)
    finding.subject = Finding.Subject(
      revision: Revision(main: 2, sub: 0), valueBytes: 1,
      names: .init(key: EtcdKey(bytes: Array(name.utf8) + [0xFF, 0xC0]), namespace: name, name: name, secret: outline))
    return finding
  }

  /// A snapshot in which everything that can be a name is `name`.
  static func hostileSnapshot(_ name: String) -> SnapshotReport {
    var snapshot = SnapshotReport(path: name, file: .init(bytes: 1, hash: .match(digest: digest)), verdict: .error)
    snapshot.file.member = name
    snapshot.bolt = mixed.bolt
    snapshot.etcd = mixed.etcd
    snapshot.etcd?.version = name
    snapshot.prefixes = [EtcdPrefix("/" + name)]
    snapshot.resources = [.init(resource: name, prefix: EtcdPrefix("/" + name), live: counts(plaintext: 1))]
    snapshot.encryption = [.init(provider: .kmsv2, name: name, keyID: name, live: 1, history: 1)]
    snapshot.errors = [VerificationError(code: name, message: name)]
    snapshot.findings = [hostile(name), Finding(.weakProvider, name)]
    snapshot.findingCounts = [.plaintextLive: 1, .weakProvider: 1]
    return snapshot
  }

  /// Names that do something where they are not made harmless.
  static let hostileNames = [
    "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\u{FF1D}1", "]]>", "&amp;\"'`",
    "\u{1B}]0;x\u{07}\u{1B}[31m", "\u{202E}cod.exe\u{2066}", "a\nb\r\nc\td", "{0}[x](https://example.com)\\", "\u{0}",
    "\u{FFFE}\u{FFFF}\u{FFFD}", "a,b;c", "../../etc/passwd", "//host/x", "", " ", "%s%n", "${x}$(y)",
    String(repeating: "x", count: 32 << 10), "=" + String(repeating: "\u{1F468}\u{200D}", count: 8 << 10),
  ]
}

extension Finding {
  /// The same finding, accepted by someone for a reason.
  func waived(_ reason: String = "moves in May", by who: String = "ciso@example.com", until expiry: String? = nil)
    -> Finding
  {
    var finding = self
    finding.waiver = Waiver(reason: reason, acceptedBy: who, expiry: expiry)
    return finding
  }
}

extension SnapshotReport {
  /// The same with these findings, which are waived, beside its own.
  func waiving(_ findings: [Finding]) -> SnapshotReport {
    var report = self
    report.waived = findings
    report.waivedCounts = Dictionary(grouping: findings, by: \.rule).mapValues(\.count)
    return report
  }
}

extension ReportFormat {
  /// All that the format writes about `snapshots`, after a call of 1.5 seconds.
  func text(_ snapshots: [SnapshotReport], _ policy: Policy = Policy()) throws -> String {
    var report = Report(policy: policy, snapshots: [])
    var text = try start(policy: policy, invocation: Sample.invocation)
    for snapshot in snapshots {
      try next(snapshot, after: report) { text += $0 }
      report.snapshots.append(snapshot)
    }
    try end(report, invocation: Sample.invocation, duration: .milliseconds(1500)) { text += $0 }
    return text
  }
}
