import BoltFormat
import EtcdStorage
import Reporting
import VerificationModel

@testable import KubernetesStorage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reports built by hand.
enum Sample {
  static let digest = String(repeating: "5e", count: 32)
  static let otherDigest = String(repeating: "a1", count: 32)

  static let invocation = Invocation(
    toolVersion: "1.2.3", arguments: ["verify", "backup.db"], startedAt: Date(timeIntervalSince1970: 1_790_000_000))

  static func counts(
    plaintext: Int = 0, encrypted: Int = 0, malformed: Int = 0, unknownEnvelope: Int = 0, unrecognized: Int = 0,
    empty: Int = 0
  ) -> ClassCounts {
    var counts = ClassCounts()
    counts.plaintext = plaintext
    counts.encrypted = encrypted
    counts.malformed = malformed
    counts.unknownEnvelope = unknownEnvelope
    counts.unrecognized = unrecognized
    counts.empty = empty
    return counts
  }

  /// A snapshot whose file and store are sound.
  static func snapshot(
    _ verdict: Verdict, path: String = "backup.db", live: ClassCounts = counts(), history: ClassCounts = counts(),
    hash: SnapshotReport.HashCheck = .match(digest: digest)
  ) -> SnapshotReport {
    var snapshot = SnapshotReport(path: path, file: .init(bytes: 4_194_336, hash: hash), verdict: verdict)
    snapshot.bolt = SnapshotReport.BoltSummary(
      pageSize: 4096, pages: 1024, reachablePages: 1000, unreachablePages: 24, txid: 77, freelistStored: false,
      origin: .snapshot)
    snapshot.etcd = SnapshotReport.EtcdSummary(
      revision: 9001, compactRevision: 8000, revisions: 2400, tombstones: 12, liveKeys: 2031, version: "3.6.0",
      unreadableRows: 0, liveKeysInScope: live.total)
    snapshot.prefixes = [EtcdPrefix("/registry")]
    snapshot.resources = [
      SnapshotReport.ResourceSummary(
        resource: "secrets", prefix: EtcdPrefix("/registry"), live: live, history: history)
    ]
    return snapshot
  }

  /// A snapshot of which nothing could be read.
  static func unreadable(
    _ error: VerificationError, path: String = "backup.db", bytes: UInt64 = 9000
  ) -> SnapshotReport {
    var snapshot = SnapshotReport(path: path, file: .init(bytes: bytes), verdict: .error)
    snapshot.errors = [error]
    return snapshot
  }

  /// A finding about a value.
  static func finding(
    _ rule: Rule, namespace: String? = "default", name: String = "db", revision: Int64 = 42, page: UInt64 = 7,
    secret: SecretOutline? = nil
  ) -> Finding {
    var finding = Finding(rule, "the value is not as it should be")
    let key = (["/registry/secrets", namespace, name] as [String?]).compactMap(\.self).joined(separator: "/")
    finding.layer = rule == .plaintextHistory ? .history : .live
    finding.resource = "secrets"
    finding.page = PageID(page)
    finding.offset = ByteOffset(page * 4096 + 100)
    finding.subject = Finding.Subject(
      revision: Revision(main: revision, sub: 0), valueBytes: 512,
      names: Finding.Names(key: EtcdKey(bytes: Array(key.utf8)), namespace: namespace, name: name, secret: secret))
    return finding
  }

  static func plaintextFinding(_ rule: Rule, name: String = "db", revision: Int64 = 42) -> Finding {
    let outline = SecretOutline(
      type: "Opaque", data: [.init(name: "password", bytes: 12), .init(name: "u", bytes: 1)], isCut: false)
    var finding = finding(rule, name: name, revision: revision, secret: outline)
    finding.valueClass = .plaintext
    finding.encoding = .protobuf
    return finding
  }

  /// A snapshot with a little of everything.
  static var mixed: SnapshotReport {
    var snapshot = snapshot(
      .fail, live: counts(plaintext: 2, encrypted: 120, malformed: 1), history: counts(plaintext: 3, encrypted: 40))
    var malformed = finding(.malformedEnvelope, namespace: "kube-system", name: "token")
    malformed.valueClass = .malformed
    malformed.provider = "aescbc"
    malformed.keyName = "key1"
    malformed.reason = "length-not-multiple-of-16"
    var nameless = finding(.plaintextHistory, revision: 30)
    nameless.subject = Finding.Subject(revision: Revision(main: 30, sub: 2), valueBytes: 99, names: nil)
    var trailing = Finding(.trailingData, "17 bytes follow the snapshot's SHA-256")
    trailing.offset = ByteOffset(4_194_336)
    snapshot.findings = [
      plaintextFinding(.plaintextLive), plaintextFinding(.plaintextLive, name: "web"), malformed,
      plaintextFinding(.plaintextHistory, revision: 41), plaintextFinding(.plaintextHistory, revision: 40), nameless,
      trailing,
    ]
    snapshot.findingCounts = [.plaintextLive: 2, .malformedEnvelope: 1, .plaintextHistory: 3, .trailingData: 1]
    snapshot.encryption = [
      SnapshotReport.KeyUse(provider: .aescbc, name: "key1", keyID: nil, live: 100, history: 40),
      SnapshotReport.KeyUse(provider: .kmsv2, name: "vault", keyID: "projects/a/keys/b", live: 20, history: 0),
    ]
    return snapshot
  }

  /// A snapshot that could be read in part.
  static var damaged: SnapshotReport {
    var snapshot = snapshot(
      .error, live: counts(encrypted: 31), hash: .mismatch(computed: digest, embedded: otherDigest))
    snapshot.errors = [
      VerificationError(code: "hash-mismatch", message: "the content does not match the SHA-256 at its end"),
      VerificationError(
        code: "key-order", message: "the key does not come after the one before it (page 9)", page: PageID(9),
        offset: ByteOffset(36_900)),
    ]
    snapshot.errorsOmitted = 3
    return snapshot
  }
}
