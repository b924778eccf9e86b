import EtcdStorage
import Foundation
import KubernetesStorage
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

/// What an API server would write, stored by a real etcd: every count of the verifier must be what was put.
@Suite("The verdict on a real etcd's snapshot", .etcd, .serialized, .timeLimit(.minutes(20)))
struct VerificationTests {
  private static let sealed = StoredSecret.sealed(.aescbc, "key1")

  @Test("Live values are counted by class, and nothing else is", arguments: ["/registry", "/kubernetes.io"])
  func classes(prefix: String) async throws {
    let values: [(ValueClass, [UInt8])] =
      [
        (.plaintext, StoredSecret.plaintext()), (.plaintext, StoredSecret.json),
        (.malformed, Array("k8s:enc:aescbc:v1:key1:".utf8) + SeededGenerator.bytes(17)),
        (.unknownEnvelope, Array("k8s:enc:rot13:v1:key1:".utf8) + SeededGenerator.bytes(96)),
        (.unrecognized, Array("no object".utf8)),
      ] + StoredSecret.Provider.allCases.map { (.encrypted, StoredSecret.sealed($0, "key1")) }
    try await EtcdServer.run { etcd in
      try await putOthers(etcd.client, prefix)
      for (index, (_, value)) in values.enumerated() {
        try await etcd.client.put("\(prefix)/secrets/default/s\(index)", value)
      }
      try await etcd.client.apply(.put("\(prefix)/secrets/default/empty", ""))
      let report = try await report(on: etcd.client)
      #expect(report.prefixes.map(\.description) == [prefix])
      #expect(report.live == ClassCounts(values.map(\.0) + [.empty]))
      #expect(report.history == ClassCounts())
      #expect(report.findingCounts[.plaintextLive] == 2)
      #expect(report.errors == [])
      #expect(report.verdict == .fail)
    }
  }

  @Test("Rewriting the values encrypted leaves them in the history, until it is compacted")
  func rewriting() async throws {
    let plain = Self.secrets(5) { StoredSecret.plaintext(name: $0) }
    try await EtcdServer.run { etcd in
      try await putOthers(etcd.client)
      for (key, value) in plain { try await etcd.client.put(key, value) }
      let before = try await report(on: etcd.client)
      #expect(before.live == ClassCounts(repeating: .plaintext, 5))
      #expect(before.history == ClassCounts())
      let stored = try await etcd.client.state().keys.filter { plain[String(decoding: $0.key, as: UTF8.self)] != nil }

      for key in plain.keys.sorted() { try await etcd.client.put(key, Self.sealed) }
      let rewritten = try await report(on: etcd.client)
      #expect(rewritten.live == ClassCounts(repeating: .encrypted, 5))
      #expect(rewritten.history == ClassCounts(repeating: .plaintext, 5))
      #expect(rewritten.encryption.map(\.name) == ["key1"])
      #expect(rewritten.encryption.map(\.live) == [5])
      #expect(rewritten.verdict == .fail)
      let old = rewritten.findings.filter { $0.rule == .plaintextHistory }.compactMap(\.subject)
      #expect(old.compactMap(\.revision?.main).sorted() == stored.map(\.modRevision).sorted())
      #expect(Set(old.compactMap(\.names?.key?.bytes)) == Set(stored.map(\.key)))

      try await etcd.client.apply(.compact(etcd.client.state().revision))
      let compacted = try await report(on: etcd.client)
      try await etcd.client.defragment()
      let defragmented = try await report(on: etcd.client)
      for report in [compacted, defragmented] {
        #expect(report.live == ClassCounts(repeating: .encrypted, 5))
        #expect(report.history == ClassCounts())
      }
      #expect(defragmented.verdict == .pass)
    }
  }

  /// The strings in the plaintext are the oracle: a raw search of the snapshot for them.
  @Test(
    "Plaintext stays in the free pages after a compaction, until they are written again or the store is defragmented")
  func residue() async throws {
    let plain = Self.secrets(40) { name in
      StoredSecret.plaintext(name: name, dataKeys: (0..<60).map { "canary-\(name)-\($0)" })
    }
    try await EtcdServer.run { etcd in
      try await putOthers(etcd.client)
      for (key, value) in plain { try await etcd.client.put(key, value) }
      for key in plain.keys.sorted() { try await etcd.client.put(key, Self.sealed) }
      try await etcd.client.apply(.compact(etcd.client.state().revision))
      var counts: [Int] = []
      for step in 0..<3 {
        if step == 1 {
          for number in 0..<30 {
            try await etcd.client.put(
              "/registry/configmaps/default/c\(number)", [UInt8](repeating: 0x41, count: 6000))
          }
        }
        if step == 2 { try await etcd.client.defragment() }
        let path = try await etcd.client.saveSnapshot()
        let report = Verifier(policy: Policy()).verify(path: path)
        let file = try Data(contentsOf: URL(filePath: path))
        let beginnings = plain.filter { key, value in
          // The value's beginning and the first name in it.
          file.range(of: Data(value.prefix(80))) != nil
        }
        let found = report.findings.filter { $0.rule == .plaintextResidue && $0.reason != "fragment" }
        let names = Set(found.compactMap(\.subject?.names?.name))
        #expect(names.isSuperset(of: beginnings.keys.map { $0.split(separator: "/").last.map(String.init) ?? "" }))
        #expect(found.allSatisfy { $0.alsoIn.isEmpty && $0.subject?.names?.namespace == "default" })
        #expect(report.live == ClassCounts(repeating: .encrypted, 40))
        #expect(report.verdict == (beginnings.isEmpty ? .pass : .fail))
        counts.append(beginnings.count)
      }
      #expect(counts[0] > 0, "etcd wiped its free pages")
      #expect(counts[1] < counts[0], "nothing was written again")
      #expect(counts[2] == 0)
    }
  }

  @Test("What is deleted is not live, and gone after a compaction")
  func deletion() async throws {
    let (a, b) = ("/registry/secrets/default/a", "/registry/secrets/default/b")
    try await EtcdServer.run { etcd in
      try await putOthers(etcd.client)
      try await etcd.client.put(a, StoredSecret.plaintext())
      try await etcd.client.put(b, Self.sealed)
      try await etcd.client.apply(.delete(a))
      let deleted = try await report(on: etcd.client)
      #expect(deleted.live == ClassCounts([.encrypted]))
      #expect(deleted.history == ClassCounts([.plaintext]))
      #expect(deleted.etcd?.tombstones == 1)
      #expect(deleted.verdict == .fail)
      try await etcd.client.put(a, Self.sealed)
      try await etcd.client.apply(.compact(etcd.client.state().revision))
      let compacted = try await report(on: etcd.client)
      #expect(compacted.live == ClassCounts([.encrypted, .encrypted]))
      #expect(compacted.history == ClassCounts())
      #expect(compacted.etcd?.tombstones == 0)
    }
  }

  @Test("A finding leads to the bytes that were put", arguments: [100, 3000, 200_000])
  func places(valueBytes: Int) async throws {
    let value = StoredSecret.plaintext(dataKeys: (0..<valueBytes / 40).map { "key\($0)" })
    try await EtcdServer.run { etcd in
      try await putOthers(etcd.client)
      try await etcd.client.put("/registry/secrets/default/a", value)
      let path = try await etcd.client.saveSnapshot()
      let finding = try #require(Verifier(policy: Policy()).verify(path: path).findings.first)
      let offset = try Int(#require(finding.offset).rawValue)
      let file = try Data(contentsOf: URL(filePath: path))
      #expect(finding.subject?.valueBytes == value.count)
      #expect(file[offset..<offset + value.count].elementsEqual(value))
    }
  }

  @Test("A database file of a stopped member tells the same, without a hash")
  func rawCopy() async throws {
    let secrets = Self.secrets(4) { StoredSecret.plaintext(name: $0) }
    try await EtcdServer.run { etcd in
      try await putOthers(etcd.client)
      for (key, value) in secrets { try await etcd.client.put(key, value) }
      for key in secrets.keys { try await etcd.client.put(key, Self.sealed) }
      let saved = try await report(on: etcd.client)
      try await etcd.stop()
      let copied = Verifier(policy: Policy()).verify(path: etcd.databasePath)
      #expect(copied.live == saved.live)
      #expect(copied.history == saved.history)
      #expect(copied.etcd == saved.etcd)
      #expect(copied.encryption == saved.encryption)
      #expect(copied.findingCounts.filter { $0.key != .hashMissing } == saved.findingCounts)
      #expect(copied.findingCounts[.hashMissing] == 1)
      #expect(copied.verdict == .fail)
      #expect(Verifier(policy: Policy(hash: .required)).verify(path: etcd.databasePath).verdict == .error)
    }
  }

  /// Keys and values of so many Secrets.
  private static func secrets(_ count: Int, _ value: (String) -> [UInt8]) -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: (0..<count).map { ("/registry/secrets/default/s\($0)", value("s\($0)")) })
  }

  /// Stores what is in every cluster and no Secret, with one that looks like it.
  private func putOthers(_ client: EtcdClient, _ prefix: String = "/registry") async throws {
    func object(_ kind: String) -> [UInt8] { StoredSecret.object(apiVersion: "v1", kind: kind, []) }
    try await client.apply(
      .put("\(prefix)/namespaces/default", object("Namespace")),
      .put("\(prefix)/namespaces/kube-system", object("Namespace")),
      .put("\(prefix)/configmaps/default/settings", object("ConfigMap")),
      .put("\(prefix)/acme.io/secrets/default/a", #"{"apiVersion":"acme.io/v1","kind":"Secret"}"#))
  }

  /// The report on a snapshot of the store as it is.
  private func report(on client: EtcdClient) async throws -> SnapshotReport {
    try await Verifier(policy: Policy()).verify(path: client.saveSnapshot())
  }
}

extension SnapshotReport {
  fileprivate var live: ClassCounts? { resources.count == 1 ? resources[0].live : nil }
  fileprivate var history: ClassCounts? { resources.count == 1 ? resources[0].history : nil }
}

extension ClassCounts {
  /// One value of each of these classes.
  fileprivate init(_ classes: [ValueClass]) {
    self.init()
    for valueClass in classes { count(valueClass) }
  }

  /// So many values of a class.
  fileprivate init(repeating valueClass: ValueClass, _ count: Int) {
    self.init(Array(repeating: valueClass, count: count))
  }
}
