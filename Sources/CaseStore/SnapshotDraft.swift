import ByteViews
import Cryptography
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// What a case keeps of a snapshot beside its rows, as table ``CaseTable/snapshots`` has it.
struct SnapshotDraft: Hashable, Sendable {
  let digest: SHA256Digest
  var path: String
  var member: String?
  var bytes: UInt64
  var takenAt: SnapshotTime?
  var revisions: CaseSnapshot.Revisions?
  var verdict: Verdict
  var causes: [Rule]
  var findingCounts: [Rule: Int]
  var counts: [Layer: ClassCounts]
  /// Signs of plaintext that belong to no object that could be told apart.
  var fragments: Int
  var errorCodes: [String]
  var identity: ClusterIdentity?
  var release: String
  /// Of all its rows, and of how many: see ``RowsDigest``.
  var rowsDigest = SHA256Digest(bytes: [UInt8](repeating: 0, count: SHA256Digest.byteCount))
  var rowCount = 0
}

extension SnapshotDraft {
  /// What `report` says.
  init(
    digest: SHA256Digest, _ report: SnapshotReport, takenAt: SnapshotTime?, causes: [Rule]?, release: String
  ) {
    self.digest = digest
    path = report.path
    member = report.file.member
    bytes = report.file.bytes
    self.takenAt = takenAt
    revisions = report.etcd.map { .init(compacted: $0.compactRevision, greatest: $0.revision) }
    verdict = report.verdict
    findingCounts = report.findingCounts.filter { $0.value > 0 }
    let found = findingCounts
    self.causes = causes ?? Rule.allCases.filter { found[$0] != nil }
    counts = [:]
    fragments = 0
    for resource in report.resources {
      counts[.live, default: ClassCounts()].add(resource.live)
      counts[.history, default: ClassCounts()].add(resource.history)
      if let residue = resource.residue {
        counts[.residue, default: ClassCounts()].plaintext += residue.objects
        fragments += residue.fragments
      }
    }
    var codes: [String] = []
    for error in report.errors where !codes.contains(error.code) { codes.append(error.code) }
    errorCodes = codes
    identity = report.cluster
    self.release = release
  }

  /// The snapshot, as a case tells of it.
  func snapshot(_ id: CaseSnapshot.ID) -> CaseSnapshot {
    var snapshot = CaseSnapshot(
      id: id, digest: digest, path: path, bytes: bytes, verdict: verdict, release: release)
    snapshot.member = member
    snapshot.takenAt = takenAt
    snapshot.revisions = revisions
    snapshot.causes = causes
    snapshot.findingCounts = findingCounts
    snapshot.counts = counts
    snapshot.fragments = fragments
    snapshot.identity = identity
    snapshot.errorCodes = errorCodes
    return snapshot
  }
}

// MARK: The record

extension SnapshotDraft {
  var record: [UInt8] {
    var writer = FieldWriter()
    writer.put(digest.bytes)
    writer.put(path)
    writer.put(member) { $0.put($1) }
    writer.put(bytes)
    writer.put(takenAt) { $1.put(to: &$0) }
    writer.put(revisions) {
      $0.put($1.compacted)
      $0.put($1.greatest)
    }
    writer.put(verdict.rawValue)
    writer.put(each: causes) { $0.put($1.rawValue) }
    writer.put(each: findingCounts.sorted { $0.key.rawValue < $1.key.rawValue }) {
      $0.put($1.key.rawValue)
      $0.put(Int64($1.value))
    }
    writer.put(each: counts.sorted { $0.key.order < $1.key.order }) {
      $0.put($1.key.rawValue)
      for count in $1.value.inOrder { $0.put(Int64(count)) }
    }
    writer.put(Int64(fragments))
    writer.put(each: errorCodes) { $0.put($1) }
    writer.put(identity) { $1.put(to: &$0) }
    writer.put(release)
    writer.put(rowsDigest.bytes)
    writer.put(Int64(rowCount))
    return writer.bytes
  }

  init(_ reader: inout FieldReader) throws(CaseError) {
    digest = try reader.digest()
    path = try reader.text()
    member = try reader.optional { reader throws(CaseError) in try reader.text() }
    bytes = try reader.integer()
    takenAt = try reader.optional { reader throws(CaseError) in try SnapshotTime(&reader) }
    revisions = try reader.optional { reader throws(CaseError) in
      .init(compacted: try reader.integer(), greatest: try reader.integer())
    }
    verdict = try reader.value { Verdict(rawValue: $0) }
    causes = try reader.list { reader throws(CaseError) in try reader.value { Rule(rawValue: $0) } }
    findingCounts = [:]
    for (rule, count) in try reader.list({ reader throws(CaseError) in
      (try reader.value { Rule(rawValue: $0) }, Int(try reader.integer(Int64.self)))
    }) { findingCounts[rule] = count }
    counts = [:]
    for (layer, count) in try reader.list({ reader throws(CaseError) in
      (try reader.value { Layer(rawValue: $0) }, try ClassCounts(&reader))
    }) { counts[layer] = count }
    fragments = Int(try reader.integer(Int64.self))
    errorCodes = try reader.list { reader throws(CaseError) in try reader.text() }
    identity = try reader.optional { reader throws(CaseError) in try ClusterIdentity(&reader) }
    release = try reader.text()
    rowsDigest = try reader.digest()
    rowCount = Int(try reader.integer(Int64.self))
    try reader.end()
  }
}

extension FieldReader {
  mutating func digest() throws(CaseError) -> SHA256Digest {
    let bytes = try piece()
    guard bytes.count == SHA256Digest.byteCount else { throw damage }
    return SHA256Digest(bytes: bytes)
  }

  /// What `make` makes of a text.
  mutating func value<Value>(_ make: (String) -> Value?) throws(CaseError) -> Value {
    guard let value = make(try text()) else { throw damage }
    return value
  }
}

extension ClassCounts {
  /// In the order of the record.
  fileprivate var inOrder: [Int] { [plaintext, encrypted, malformed, unknownEnvelope, unrecognized, empty] }

  fileprivate init(_ reader: inout FieldReader) throws(CaseError) {
    self.init()
    plaintext = Int(try reader.integer(Int64.self))
    encrypted = Int(try reader.integer(Int64.self))
    malformed = Int(try reader.integer(Int64.self))
    unknownEnvelope = Int(try reader.integer(Int64.self))
    unrecognized = Int(try reader.integer(Int64.self))
    empty = Int(try reader.integer(Int64.self))
  }

  fileprivate mutating func add(_ other: ClassCounts) {
    plaintext += other.plaintext
    encrypted += other.encrypted
    malformed += other.malformed
    unknownEnvelope += other.unknownEnvelope
    unrecognized += other.unrecognized
    empty += other.empty
  }
}

extension ClusterIdentity {
  fileprivate func put(to writer: inout FieldWriter) {
    writer.put(each: members) {
      $0.put($1.id)
      $0.put($1.name) { $0.put($1) }
    }
    writer.put(each: removedIDs) { $0.put($1) }
    writer.put(version) { $0.put($1.description) }
  }

  fileprivate init(_ reader: inout FieldReader) throws(CaseError) {
    let members = try reader.list { reader throws(CaseError) in
      Member(
        id: try reader.integer(), name: try reader.optional { reader throws(CaseError) in try reader.text() })
    }
    let removed = try reader.list { reader throws(CaseError) in try reader.integer(UInt64.self) }
    let version = try reader.optional { reader throws(CaseError) in
      try reader.value { StorageVersion(decoding: Array($0.utf8).rawSpan) }
    }
    self.init(members: members, removedIDs: removed, version: version)
  }
}

extension SnapshotTime {
  fileprivate func put(to writer: inout FieldWriter) {
    writer.put(seconds)
    writer.put(precision.rawValue)
    writer.put(isZoneKnown)
    switch source {
    case .option: writer.put(UInt8(1))
    case .name(let form, let name):
      writer.put(UInt8(2))
      writer.put(form.rawValue)
      writer.put(name)
    case .entryTime: writer.put(UInt8(3))
    case .fileTime: writer.put(UInt8(4))
    }
  }

  fileprivate init(_ reader: inout FieldReader) throws(CaseError) {
    let seconds = try reader.integer(Int64.self)
    guard let precision = Precision(rawValue: try reader.integer()) else { throw reader.damage }
    let isZoneKnown = try reader.flag()
    let source: Source
    switch try reader.integer(UInt8.self) {
    case 1: source = .option
    case 2: source = .name(try reader.value { Form(rawValue: $0) }, try reader.text())
    case 3: source = .entryTime
    case 4: source = .fileTime
    default: throw reader.damage
    }
    self.init(seconds: seconds, precision: precision, isZoneKnown: isZoneKnown, source)
  }
}
