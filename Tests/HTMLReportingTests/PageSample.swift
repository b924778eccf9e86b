import BoltFormat
import EtcdStorage
import Foundation
import HTMLReporting
import Reporting
import SnapshotInput
import VerificationModel

@testable import KubernetesStorage

/// Reports made by hand, and the pages about them.
enum PageSample {
  static let digest = String(repeating: "5e", count: 32)

  static let invocation = Invocation(
    toolVersion: "1.2.3", arguments: ["verify", "--report", "html=report.html", "backup.db"],
    startedAt: Date(timeIntervalSince1970: 1_790_000_000))

  /// The page about `snapshots`.
  static func page(
    _ snapshots: [SnapshotReport], _ policy: Policy = Policy(), invocation: Invocation = invocation,
    passedOver: [PassedOver] = []
  ) throws -> String {
    var report = Report(policy: policy, snapshots: snapshots)
    report.passedOver = passedOver
    return try HTMLReport.render(report, invocation: invocation, duration: .milliseconds(1_234))
  }

  /// A snapshot with something in every part of the page, every text of which is `name`.
  static func snapshot(naming name: String) -> SnapshotReport {
    var snapshot = SnapshotReport(
      path: name, file: .init(bytes: 4_194_336, hash: .mismatch(computed: name, embedded: name)), verdict: .error)
    snapshot.file.member = name
    snapshot.bolt = SnapshotReport.BoltSummary(
      pageSize: 4096, pages: 1024, reachablePages: 1000, unreachablePages: 24, txid: 77, freelistStored: false,
      origin: .snapshot)
    snapshot.etcd = SnapshotReport.EtcdSummary(
      revision: 9001, compactRevision: 8000, revisions: 2400, tombstones: 12, liveKeys: 2031, version: name,
      unreadableRows: 0, liveKeysInScope: 12)
    snapshot.cluster = ClusterIdentity(members: [.init(id: 0x8e9e, name: name)])
    snapshot.prefixes = [EtcdPrefix(name)]
    var live = ClassCounts()
    (live.plaintext, live.encrypted, live.malformed) = (2, 9, 1)
    var resource = SnapshotReport.ResourceSummary(resource: name, prefix: EtcdPrefix(name), live: live)
    resource.residue = SnapshotReport.ResidueCounts()
    resource.residue?.objects = 3
    snapshot.resources = [resource]
    snapshot.encryption = [.init(provider: .kmsv2, name: name, keyID: name, live: 9, history: 3)]
    snapshot.errors = [VerificationError(code: name, message: name)]
    snapshot.findings = [finding(.plaintextLive, naming: name), Finding(.weakProvider, name)]
    snapshot.findings[1].resource = name
    snapshot.findingCounts = [.plaintextLive: 1, .weakProvider: 1]
    var waived = finding(.staleKey, naming: name)
    waived.waiver = Waiver(reason: name, acceptedBy: name, expiry: name)
    snapshot.waived = [waived]
    snapshot.waivedCounts = [.staleKey: 1]
    snapshot.exposed.objects = [
      Exposure(
        resource: name, key: EtcdKey(bytes: Array(name.utf8)), namespace: name, name: name, type: name,
        dataKeys: [name, name], layers: [.live], firstRevision: 1, lastRevision: 2)
    ]
    snapshot.exposed.count = 1
    snapshot.unexamined = [PassedOver(path: name, member: name, reason: .companion)]
    snapshot.pageMap = map
    return snapshot
  }

  private static func finding(_ rule: Rule, naming name: String) -> Finding {
    var finding = Finding(rule, name)
    finding.layer = .live
    finding.resource = name
    (finding.provider, finding.keyName, finding.keyID, finding.reason) = (name, name, name, name)
    (finding.page, finding.offset) = (PageID(7), ByteOffset(28_772))
    finding.movedFrom = EtcdKey(bytes: Array(name.utf8))
    let outline = SecretOutline(type: name, data: [.init(name: name, bytes: 12)], isCut: true)
    finding.subject = Finding.Subject(
      revision: Revision(main: 42, sub: 0), valueBytes: 512,
      names: Finding.Names(key: EtcdKey(bytes: Array(name.utf8)), namespace: name, name: name, secret: outline))
    return finding
  }

  /// A map with every use in it.
  static let map = PageMap(of: PageMap.Use.allCases.flatMap { Array(repeating: $0, count: 5) })

  /// A call whose every word is `name`.
  static func invocation(naming name: String) -> Invocation {
    Invocation(toolVersion: name, arguments: [name, name], startedAt: invocation.startedAt)
  }

  /// A page with every part in it, every text of which is `name`.
  static func page(naming name: String) throws -> String {
    try page(
      [snapshot(naming: name)], invocation: invocation(naming: name),
      passedOver: [PassedOver(path: name, member: name, reason: .symbolicLink)])
  }

  /// A snapshot that passes.
  static var passing: SnapshotReport {
    var snapshot = snapshot(naming: "backup.db")
    snapshot.verdict = .pass
    snapshot.file.member = nil
    snapshot.file.hash = .match(digest: digest)
    snapshot.errors = []
    (snapshot.findings, snapshot.findingCounts) = ([], [:])
    (snapshot.waived, snapshot.waivedCounts) = ([], [:])
    snapshot.exposed = ExposureList()
    var live = ClassCounts()
    live.encrypted = 12
    var resource = SnapshotReport.ResourceSummary(resource: "secrets", prefix: EtcdPrefix("/registry"), live: live)
    resource.residue = SnapshotReport.ResidueCounts()
    snapshot.resources = [resource]
    return snapshot
  }

  /// One that could not be read.
  static var unreadable: SnapshotReport {
    var snapshot = SnapshotReport(path: "notes.txt", file: .init(bytes: 9000), verdict: .error)
    snapshot.errors = [VerificationError(code: "not-bbolt", message: "not a bbolt database")]
    return snapshot
  }

  /// Pages of every kind, with a name for each.
  static func pages() throws -> [String: String] {
    [
      "everything": try page(naming: "plain"), "pass": try page([passing]), "unreadable": try page([unreadable]),
      "several": try page([passing, snapshot(naming: "b"), unreadable]), "none": try page([]),
      "live alone": try page([passing], Policy(failOn: nil, layers: [.live])),
    ]
  }
}
