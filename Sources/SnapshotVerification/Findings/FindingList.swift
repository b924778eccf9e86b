import BoltFormat
import ByteViews
import EncryptionConfig
import EtcdStorage
import KubernetesStorage
import RuleCatalog
import SnapshotInput
import SnapshotReading
import VerificationModel

/// Makes findings of flagged rows: chooses those whose details are kept, and finds their names.
///
/// The choice goes by severity, layer and key, never by place in the file, so that two snapshots of one state give the
/// same report.
struct FindingList {

  private let rows: AssessedRows
  private let pageSize: Int
  private let tally: FindingTally
  private var source: any RowNameSource
  private var outlineBudget = ObjectOutline.textBudget

  /// A list for those of `rows` that are flagged, which `tally` has rated and whose names `source` has.
  init(_ rows: AssessedRows, ratedBy tally: FindingTally, names source: any RowNameSource, pageSize: Int) {
    self.tally = tally
    self.rows = rows
    self.source = source
    self.pageSize = pageSize
  }

  /// Rows whose names could not be read.
  var errors: ErrorList { source.errors }

  /// At most `limit` findings that count, or that are waived, the most severe first, each with the digest of its key.
  mutating func findings(limit: Int, areWaived: Bool = false) -> [(finding: Finding, digest: KeyDigest)] {
    var chosen: [KeyedRow] = []
    let wanted = rows.flagged.lazy.filter { ($0.waiver != 0) == areWaived }
    let groups = Set(wanted.map { Group(severity: $0.severity, layer: $0.layer) })
    for group in groups.sorted() where chosen.count < limit {
      let alike = wanted.filter { $0.severity == group.severity && $0.layer == group.layer }
      chosen += first(limit - chosen.count, of: alike)
    }
    return chosen.map { (finding(about: $0), $0.candidate.digest) }
  }

  /// Rows of one severity and layer, which come one after the other.
  private struct Group: Hashable, Comparable {
    let severity: Severity
    let layer: Layer

    static func < (lhs: Group, rhs: Group) -> Bool {
      lhs.severity != rhs.severity ? lhs.severity > rhs.severity : lhs.layer.order < rhs.layer.order
    }
  }

  /// A flagged row with its key, or as much of it as is kept.
  private struct KeyedRow: Comparable {
    let key: EtcdKey
    let isWhole: Bool
    let row: FlaggedRow
    let candidate: Candidate

    static func < (lhs: KeyedRow, rhs: KeyedRow) -> Bool {
      if lhs.key != rhs.key { return lhs.key < rhs.key }
      if lhs.candidate.revision != rhs.candidate.revision {
        return lhs.candidate.revision > rhs.candidate.revision
      }
      return lhs.row.rule.rawValue < rhs.row.rule.rawValue
    }

    static func == (lhs: KeyedRow, rhs: KeyedRow) -> Bool { !(lhs < rhs) && !(rhs < lhs) }
  }

  /// The first `limit` rows in the order of their keys, sorted. Holds at most a quarter more at a time.
  private mutating func first(_ limit: Int, of rows: some Sequence<FlaggedRow>) -> [KeyedRow] {
    var kept: [KeyedRow] = []
    var last: KeyedRow?
    for row in rows {
      let keyed = keyed(row)
      if let last, !(keyed < last) { continue }
      kept.append(keyed)
      guard kept.count > limit + limit / 4 else { continue }
      kept.sort()
      kept.removeLast(kept.count - limit)
      last = kept.last
    }
    return Array(kept.sorted().prefix(limit))
  }

  private mutating func keyed(_ row: FlaggedRow) -> KeyedRow {
    let candidate = rows.candidate(row)
    if candidate.role == .residueObject {
      return KeyedRow(key: EtcdKey(bytes: []), isWhole: true, row: row, candidate: candidate)
    }
    guard let key = source.key(of: candidate) else {
      return KeyedRow(key: EtcdKey(bytes: []), isWhole: false, row: row, candidate: candidate)
    }
    return KeyedRow(key: key, isWhole: key.bytes.count <= EtcdKey.maximumNamedBytes, row: row, candidate: candidate)
  }

  private var assessment: RowAssessment { rows.assessment }
  private var residue: ResidueAssessment? { rows.residue }

  private func page(of offset: ByteOffset) -> PageID { PageID(offset.rawValue / UInt64(pageSize)) }

  // MARK: One finding

  private mutating func finding(about keyed: KeyedRow) -> Finding {
    let candidate = keyed.candidate
    let kind = assessment.kinds[Int(candidate.kind)]
    let offset = ByteOffset(candidate.valueOffset)
    let origin = assessment.origin(of: keyed.row)
    var finding = Finding(keyed.row.rule, marked: message(keyed, kind, origin), severity: keyed.row.severity)
    finding.layer = keyed.row.layer
    finding.resource = assessment.resource(of: keyed.row, candidate)
    let hasRow = candidate.role != .residueObject
    finding.subject = Finding.Subject(
      revision: hasRow ? candidate.revision : nil, valueBytes: Int(candidate.valueBytes),
      names: keyed.isWhole ? names(of: keyed) : nil)
    finding.page = page(of: offset)
    finding.offset = offset
    finding.valueClass = kind.valueClass
    finding.encoding = kind.encoding
    finding.provider = kind.provider?.rawValue
    finding.keyName = assessment.keyName(of: candidate.kind)
    finding.keyID = assessment.keyID(of: candidate.kind)
    finding.reason = keyed.row.reason(kind)
    if keyed.row.layer == .residue, let object = residue?.objects[Int(keyed.row.number)] {
      if object.offsets.count > 1 { finding.locations = object.offsets.map { ByteOffset($0) } }
      finding.alsoIn = object.alsoIn
    }
    finding.movedFrom = origin
    finding.waiver = tally.waiver(of: keyed.row)
    return finding
  }

  /// Namespace and name as the key has them; of an object in another resource's directory as the object itself does.
  private mutating func names(of keyed: KeyedRow) -> Finding.Names? {
    let object = outline(of: keyed.candidate)
    if keyed.candidate.role == .residueObject {
      return object.map {
        Finding.Names(key: nil, namespace: $0.namespace.isEmpty ? nil : $0.namespace, name: $0.name, secret: $0.secret)
      }
    }
    func text(_ range: Range<Int>) -> String { String(decoding: keyed.key.bytes[range], as: UTF8.self) }
    if keyed.row.rule != .misplacedObject, let path = path(of: keyed.key) {
      return Finding.Names(
        key: keyed.key, namespace: path.namespace.map(text), name: text(path.name), secret: object?.secret)
    }
    let lastSegment = keyed.key.bytes.split(separator: UInt8(ascii: "/")).last ?? []
    return Finding.Names(
      key: keyed.key, namespace: object.flatMap { $0.namespace.isEmpty ? nil : $0.namespace },
      name: object?.name ?? text(lastSegment.startIndex..<lastSegment.endIndex), secret: object?.secret)
  }

  /// Where `key` lies below the longest of the prefixes that it lies below.
  private func path(of key: EtcdKey) -> ResourcePath? {
    let prefixes = assessment.prefixes.filter { key.bytes.starts(with: $0.bytes) }
    guard let prefix = prefixes.max(by: { $0.bytes.count < $1.bytes.count }) else { return nil }
    return ResourcePath(
      key: key.bytes.rawSpan, prefixBytes: prefix.bytes.count, tree: StorageTree(below: prefix))
  }

  /// What the object in the clear tells of itself; of contents, names and sizes alone.
  private mutating func outline(of row: Candidate) -> ObjectOutline? {
    let kind = assessment.kinds[Int(row.kind)]
    guard kind.valueClass == .plaintext, outlineBudget > 0 else { return nil }
    guard let outline = source.outline(of: row) else { return nil }
    outlineBudget -= outline.textBytes
    return outline
  }

  private func message(_ keyed: KeyedRow, _ kind: ValueKind, _ origin: EtcdKey?) -> MarkedText {
    let subject = keyed.row.layer == .live ? "the live value" : "an old revision"
    if keyed.candidate.isStray, !keyed.candidate.isInScope, keyed.row.rule != .misplacedObject {
      return
        "\(subject) is neither encrypted nor a Kubernetes object; it lies \(home(of: keyed.key)), "
        + "in what is named like a directory in scope"
    }
    switch keyed.row.rule {
    case .plaintextResidue:
      let object = residue?.objects[Int(keyed.row.number)]
      if keyed.candidate.role == .residueObject {
        return "a plaintext object whose row is gone can be read in free pages"
      }
      return object?.alsoIn.isEmpty == false
        ? "a copy of a plaintext value can be read in free pages"
        : "a plaintext value that no row holds any more can be read in free pages"
    case .staleKey where keyed.row.detail == .identityFirst:
      return "\(subject) is encrypted, but identity comes first in the configuration: its next write is plaintext"
    case .staleKey: return "\(subject) is encrypted, but not with \(currentKey(keyed.row))"
    case .keyNotInConfig: return "\(subject) needs a key that the configuration does not have for the resource"
    case .authenticationFailed: return "\(subject) \(Self.failure(keyed.row))"
    case .valueMoved:
      let origin: MarkedText = origin.map { ": \(.key, $0)" } ?? ""
      return "\(subject) was written under another etcd key, or is another object\(origin)"
    case .nonceReuse: return "\(subject) shares its nonce or IV with another one under the same key"
    case .unrecognizedValue where keyed.row.detail == .noObject:
      return "\(subject) decrypts to something that is no Kubernetes object"
    case .malformedEnvelope:
      let envelope = kind.provider.map { "the envelope of \($0.rawValue)" } ?? "an envelope"
      return "\(subject) carries \(envelope), but its structure is impossible"
    case .unknownEnvelope: return "\(subject) carries an envelope of an unknown provider or version"
    case .unrecognizedValue:
      return kind.valueClass == .empty
        ? "\(subject) is empty" : "\(subject) is neither an envelope nor a Kubernetes object"
    case .misplacedObject: return "\(subject) is a plaintext \(Self.object(kind)) that lies \(home(of: keyed.key))"
    case .keysBesideData where kind.traits.keys == .bootstrapData:
      return "\(subject) is bootstrap data of K3s or RKE2, cluster CA keys included: the server token alone protects it"
    case .keysBesideData:
      return "\(subject) is a plaintext \(Self.object(kind)) that holds an EncryptionConfiguration with its keys"
    default:
      let encoding = kind.encoding.map { " (\($0.rawValue))" } ?? ""
      return kind.reason == .forgedEnvelope
        ? "\(subject) is plaintext\(encoding) behind a forged envelope" : "\(subject) is plaintext\(encoding)"
    }
  }

  private func currentKey(_ row: FlaggedRow) -> String {
    if row.detail == .oldKeyID { return "the plugin's newest key" }
    return assessment.policy.configuration == nil
      ? "the key of the newest encrypted value" : "the key that writes today"
  }

  private static func failure(_ row: FlaggedRow) -> String {
    switch row.detail {
    case .altered: "is encrypted with a key at hand, and was altered or cut off"
    case .originNotSearched: "does not belong under its etcd key, or was altered"
    default: "does not decrypt with the key of its name: another key was used, or it was altered"
    }
  }

  private static func object(_ kind: ValueKind) -> String {
    kind.traits.object.map { BuiltInResource[$0].kind } ?? "object"
  }

  private func home(of key: EtcdKey) -> MarkedText {
    guard let path = path(of: key) else { return "below no prefix of an API server" }
    return "under \(.resource, StoredResource(path, of: key.bytes.rawSpan).name)"
  }
}

extension FlaggedRow {
  /// Machine-readable detail on a value of `kind`.
  func reason(_ kind: ValueKind) -> String? {
    guard rule == .keysBesideData else { return kind.reason?.rawValue ?? detail?.rawValue }
    return kind.traits.keys == .bootstrapData ? "token-protected" : "encryption-configuration"
  }
}
