import EtcdStorage
import KubernetesStorage
import SnapshotInput
import SnapshotReading
import VerificationModel

/// The distinct objects of which plaintext lies in a file, whatever findings are kept: which revisions of them, and in
/// which layers. While they are counted, a readable value takes 8 bytes.
struct ExposureCensus {
  /// One readable value.
  fileprivate struct Sighting {
    let digest: KeyDigest
    /// nil where no row tells it.
    let revision: Int64?
    /// nil in a part of the file that belongs to none.
    let layer: Layer?
  }

  /// Where one object was sighted.
  struct Object {
    var layers: [Layer] = []
    /// Whether it can be read where etcd keeps no objects.
    var isElsewhere = false
    var firstRevision: Int64?
    var lastRevision: Int64?

    fileprivate mutating func add(_ sighting: Sighting) {
      if let layer = sighting.layer {
        if !layers.contains(layer) { layers.append(layer) }
      } else {
        isElsewhere = true
      }
      guard let revision = sighting.revision else { return }
      firstRevision = min(firstRevision ?? revision, revision)
      lastRevision = max(lastRevision ?? revision, revision)
    }
  }

  private let rows: AssessedRows
  private let elsewhere: [(digest: KeyDigest, revision: Int64?)]
  /// How many objects there are. Those count one by one of which nobody can tell whether they are one of the others.
  private(set) var count = 0

  /// Counts what the flagged rows disclose, and the objects found where etcd keeps none. O(n log n).
  ///
  /// - Parameter elsewhere: the digests of the keys of these objects, and their revisions where they are known.
  init(_ rows: AssessedRows, elsewhere: [(digest: KeyDigest, revision: Int64?)] = []) {
    self.rows = rows
    self.elsewhere = elsewhere
    var digests: [Int] = []
    // An array that grows takes twice its bytes for a moment.
    digests.reserveCapacity(rows.flagged.count { $0.rule.isDisclosure } + elsewhere.count)
    var nameless = 0
    forEachSighting { sighting in
      if sighting.digest == .none { nameless += 1 } else { digests.append(sighting.digest.tableIndex) }
    }
    // Of a million keys two share these 64 bits once in 37 million files, and nobody can prepare such keys.
    digests.sort()
    count = nameless + zip(digests, digests.dropFirst()).count { $0 != $1 } + (digests.isEmpty ? 0 : 1)
  }

  private func forEachSighting(_ body: (Sighting) -> Void) {
    for row in rows.flagged where row.rule.isDisclosure {
      let candidate = rows.candidate(row)
      let revision = candidate.role == .residueObject ? nil : candidate.revision.main
      body(Sighting(digest: candidate.digest, revision: revision, layer: row.layer))
    }
    for (digest, revision) in elsewhere { body(Sighting(digest: digest, revision: revision, layer: nil)) }
  }

  /// What is known of the objects with these digests. O(n).
  func objects(_ digests: Set<KeyDigest>) -> [KeyDigest: Object] {
    var objects: [KeyDigest: Object] = [:]
    forEachSighting { sighting in
      if digests.contains(sighting.digest) { objects[sighting.digest, default: Object()].add(sighting) }
    }
    return objects
  }
}

extension Rule {
  /// Whether a finding of the rule means that an object can be read.
  var isDisclosure: Bool {
    switch self {
    case .plaintextLive, .plaintextHistory, .plaintextResidue, .misplacedObject, .plaintextElsewhere: true
    default: false
    }
  }
}

extension ExposureList {
  /// The objects that `findings` name, each with all that `census` knows of it.
  ///
  /// - Parameters:
  ///   - findings: those kept, each with the digest of its key.
  ///   - fragments: parts of objects that could not be told apart.
  init(_ findings: [(finding: Finding, digest: KeyDigest)], _ census: ExposureCensus, fragments: Int) {
    self.init()
    count = census.count
    self.fragments = fragments
    let disclosures = findings.filter { $0.finding.rule.isDisclosure && $0.finding.subject?.names != nil }
    let known = census.objects(Set(disclosures.map(\.digest)))
    var groups: [KeyDigest: [Finding]] = [:]
    for (finding, digest) in disclosures {
      if digest == .none {
        objects += Exposure([finding], nil).map { [$0] } ?? []
      } else {
        groups[digest, default: []].append(finding)
      }
    }
    objects += groups.compactMap { digest, findings in Exposure(findings, known[digest]) }
    objects.sort { $0.precedes($1) }
  }
}

extension Exposure {
  /// The order of the list: by namespace, resource, name and revision. Objects of one name below several prefixes differ in
  /// their keys alone.
  fileprivate func precedes(_ other: Exposure) -> Bool {
    let place = (namespace ?? "", resource ?? "", name, lastRevision ?? -1)
    let otherPlace = (other.namespace ?? "", other.resource ?? "", other.name, other.lastRevision ?? -1)
    guard place == otherPlace else { return place < otherPlace }
    return (key?.bytes ?? []).lexicographicallyPrecedes(other.key?.bytes ?? [])
  }

  /// The object that all of `findings` are about; nil where none names it.
  fileprivate init?(_ findings: [Finding], _ object: ExposureCensus.Object?) {
    let newestFirst = findings.sorted { ($0.subject?.revision?.main ?? -1) > ($1.subject?.revision?.main ?? -1) }
    // A row tells more of the object than what lies without one.
    guard let names = newestFirst.compactMap({ $0.subject?.names }).first else { return nil }
    var seen: Set<String> = []
    let secrets = newestFirst.compactMap { $0.subject?.names?.secret }
    let revision = newestFirst.first?.subject?.revision?.main
    let layers = object?.layers ?? findings.compactMap(\.layer)
    self.init(
      resource: newestFirst.compactMap(\.resource).first, key: names.key, namespace: names.namespace, name: names.name,
      type: secrets.first?.type, dataKeys: secrets.flatMap(\.data).map(\.name).filter { seen.insert($0).inserted },
      layers: Set(layers).sorted { $0.order < $1.order },
      isElsewhere: object?.isElsewhere ?? findings.contains { $0.rule == .plaintextElsewhere },
      firstRevision: object?.firstRevision ?? revision,
      lastRevision: object?.lastRevision ?? revision)
  }
}
