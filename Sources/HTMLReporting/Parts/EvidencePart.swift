import Reporting
import SnapshotInput
import VerificationModel

/// What was verified, so that it can be found again: the file, its digests, what was examined and what was not.
struct EvidencePart {
  private let part: SnapshotPart

  /// The most files of a list that are named.
  private static let limit = 200

  init(of part: SnapshotPart) { self.part = part }

  /// Writes the part.
  func write(to page: inout PageWriter) throws {
    try page.write(
      .facts,
      part.filling(
        "evidence",
        [
          "title": .text("Evidence"), "lead": .absent, "caption": .text("Which file was verified, and how far"),
          "facts": .list(facts.map(\.filling)),
        ]))
  }

  private var snapshot: SnapshotReport { part.snapshot }

  private var facts: [Fact] {
    [
      Fact("File", [snapshot.name.boundedName], isLiteral: true), Fact("Size", [size, containers]),
      Fact("SHA-256", [part.statement.hash]), Fact(digestName, digests, isLiteral: true),
      Fact("Database", database), Fact("Store", store), Fact("Cluster", cluster),
      Fact("Configuration", part.statement.configuration),
      Fact(
        "Values decrypted", [snapshot.authentication.map { "\($0.authenticated) of \($0.encrypted) encrypted values" }]),
      Fact("Examined", [examined]), Fact("Not examined", unexamined),
    ].compactMap(\.self)
  }

  private var size: String {
    let bytes = snapshot.file.bytes
    return bytes < 1024 ? bytes.counted("byte") : "\(bytes.counted("byte")) (\(bytes.inBinaryUnits))"
  }

  private var containers: String? {
    let names = snapshot.file.containers.map(\.rawValue)
    return names.isEmpty ? nil : "unpacked from \(names.joined(separator: ", inside that "))"
  }

  private var digests: [String] {
    switch snapshot.file.hash {
    case .match(let digest), .missing(let digest): [digest]
    case .mismatch(let computed, let embedded): ["\(computed) computed", "\(embedded) at the end of the file"]
    case .skipped, nil: []
    }
  }

  /// The digest is that of the database: the last 32 bytes of the file are the digest itself.
  private var digestName: String { "Digest of the content" }

  private var database: [String?] {
    guard let bolt = snapshot.bolt else { return [] }
    return [
      "\(bolt.pages.counted("page")) of \(bolt.pageSize) bytes, \(bolt.reachablePages) of them in use, "
        + "\(bolt.unreachablePages) not",
      "transaction \(bolt.txid)"
        + (bolt.origin == .rawCopy
          ? ", copied from a member's data directory" : bolt.origin == .snapshot ? ", a snapshot" : ""),
    ]
  }

  private var store: [String?] {
    guard let etcd = snapshot.etcd else { return [] }
    return [
      "revision \(etcd.revision)" + (etcd.compactRevision > 0 ? ", compacted up to \(etcd.compactRevision)" : ""),
      "\(etcd.liveKeys.counted("live key")), \(etcd.liveKeysInScope) of them in scope; "
        + "\(etcd.revisions.counted("row")), \(etcd.tombstones) of them deletions",
      etcd.version.map { "written by etcd \($0)" },
    ]
  }

  private var cluster: [String] {
    [part.policy.cluster].compactMap(\.self)
      + (snapshot.cluster?.members ?? []).prefix(Self.limit).map { member in
        "member \(String(member.id, radix: 16))" + (member.name.map { $0.isEmpty ? "" : " (\($0))" } ?? "")
      }
  }

  private var examined: String? {
    guard snapshot.bolt != nil else { return nil }
    let layers = Layer.allCases.filter(part.policy.layers.contains).map(\.rawValue)
    let others =
      part.policy.layers.contains(.residue) ? ["other buckets, the list of free pages and margins of rows"] : []
    return (layers + others).joined(separator: ", ")
  }

  private var unexamined: [String] {
    let layers = Layer.allCases.filter { !part.policy.layers.contains($0) }.map(\.rawValue)
    let others = part.policy.layers.contains(.residue) ? [] : ["other buckets, the list of free pages, margins of rows"]
    let hash = snapshot.file.hash == .skipped ? ["the SHA-256"] : []
    let files = snapshot.unexamined.prefix(Self.limit).map { "\($0.name): \(CallStatement.description(of: $0))" }
    let more = snapshot.unexamined.count - files.count
    return layers + others + hash + files + (more > 0 ? [more.counted("more file")] : [])
      + (part.hasErrors ? ["what the errors above name"] : [])
  }
}
