import BoltFormat
import EtcdStorage
import KubernetesStorage
import SnapshotInspection
import TestSupport
import VerificationModel

/// Inspections built by hand, of files built byte by byte.
enum InspectionSample {
  private static let etcd = EtcdWriter(
    .v35,
    [
      .put("/registry/pods/default/a", "1"), .put("/registry/pods/default/a", "2"),
      .delete("/registry/pods/default/a"), .put("/registry/pods/default/b", "3"),
    ])

  /// The file's bytes.
  static func file(_ change: (inout BoltWriter) -> Void = { _ in }) throws -> [UInt8] {
    var writer = BoltWriter()
    change(&writer)
    return try writer.image(etcd.root, previous: writer.metas == .rawCopy ? EtcdWriter(.v35).root : nil).snapshot()
  }

  /// The inspection of a file of these bytes, under a path of its own choice.
  static func inspect(_ bytes: [UInt8], as path: String = "backup.db") throws -> Inspection {
    let directory = try TemporaryDirectory()
    let read = try Inspector().inspect(path: directory.file("backup.db", bytes))
    var inspection = Inspection(path: path, file: read.file)
    inspection.status = read.status
    inspection.bolt = read.bolt
    inspection.metas = read.metas
    inspection.pages = read.pages
    inspection.ledger = read.ledger
    inspection.buckets = read.buckets
    inspection.trailer = read.trailer
    inspection.etcd = read.etcd
    inspection.metaBucket = read.metaBucket
    inspection.cluster = read.cluster
    inspection.errors = read.errors
    return inspection
  }

  /// A snapshot in order, with a little of everything.
  static func whole(path: String = "backup.db") throws -> Inspection {
    var inspection = try inspect(file(), as: path)
    inspection.resources = resources
    inspection.encryption = [
      .init(provider: .aescbc, name: "key1", keyID: nil, live: 41, history: 3),
      .init(provider: .kmsv2, name: "vault", keyID: "projects/a/keys/b", live: 20, history: 0),
    ]
    inspection.apiServers = [try apiServer()]
    return inspection
  }

  static let registry = EtcdPrefix("/registry")

  static let resources: [ResourceUsage] = [
    ResourceUsage(
      resource: "secrets", prefix: registry, live: Sample.counts(plaintext: 42, encrypted: 41),
      history: Sample.counts(encrypted: 3), bytes: 120_000),
    .init(resource: "pods", prefix: registry, live: Sample.counts(plaintext: 12), bytes: 900_000),
    .init(
      resource: "masterleases", prefix: registry, kind: .internalRecord, live: Sample.counts(plaintext: 1), bytes: 90),
    .init(resource: "compact_rev_key", prefix: nil, kind: .otherKeys, live: Sample.counts(plaintext: 1), bytes: 4),
  ]

  /// A mirror pod in JSON.
  static func apiServer(
    name: String = "kube-apiserver-node-1", flags: [String] = ["--encryption-provider-config=/etc/enc.yaml"]
  ) throws -> APIServerOutline {
    let command = (["kube-apiserver"] + flags).map { "\"\($0)\"" }.joined(separator: ",")
    let pod = """
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"\(name)","namespace":"kube-system"},"spec":{"nodeName":\
      "node-1","containers":[{"name":"kube-apiserver","image":"registry.k8s.io/kube-apiserver:v1.31.2","command":\
      [\(command)]}]}}
      """
    let bytes = Array(pod.utf8)
    guard let outline = unsafe APIServerOutline(of: bytes.span.bytes) else { throw NoPod() }
    return outline
  }

  /// The pod can't be read.
  struct NoPod: Error {}

  /// A file of which nothing could be read.
  static func unreadable(_ error: VerificationError, bytes: UInt64 = 9000) -> Inspection {
    var inspection = Inspection(path: "backup.db", file: .init(bytes: bytes))
    inspection.errors = [error]
    return inspection
  }
}
