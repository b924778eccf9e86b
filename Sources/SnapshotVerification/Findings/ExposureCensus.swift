import EtcdStorage
import KubernetesStorage
import SnapshotInput
import SnapshotReading
import VerificationModel

/// The distinct objects of which plaintext lies in a file, whatever findings are kept: which revisions of them, and in
/// which layers. Takes 32 bytes for each readable value.
struct ExposureCensus {
  /// One readable value.
  private struct Sighting {
    let digest: KeyDigest
    /// Negative where no row tells it.
    let revision: Int64
    /// nil in a part of the file that belongs to none.
    let layer: Layer?
  }

  /// Where one object was sighted.
  struct Object {
    var layers: [Layer]
    /// Whether it can be read where etcd keeps no objects.
    var isElsewhere = false
    var firstRevision: Int64?
    var lastRevision: Int64?
  }

  /// By their digests.
  private let sightings: [Sighting]
  /// Objects of which nobody can tell whether they are one of the others.
  private let nameless: Int

  /// Collects what the flagged rows disclose, and the objects found where etcd keeps none. O(n log n).
  ///
  /// - Parameter elsewhere: the digests of the keys of these objects, and their revisions where they are known.
  init(
    _ assessment: RowAssessment, _ residue: ResidueAssessment?, elsewhere: [(digest: KeyDigest, revision: Int64?)] = []
  ) {
    var sightings: [Sighting] = []
    var nameless = 0
    // An array that grows takes twice its bytes for a moment.
    sightings.reserveCapacity(
      assessment.flagged.count { $0.rule.isDisclosure } + (residue?.objects.count ?? 0) + elsewhere.count)
    func add(_ candidate: Candidate, _ layer: Layer) {
      guard candidate.digest != .none else {
        nameless += 1
        return
      }
      let hasRow = candidate.role != .residueObject
      sightings.append(
        Sighting(digest: candidate.digest, revision: hasRow ? candidate.revision.main : -1, layer: layer))
    }
    for row in assessment.flagged where row.rule.isDisclosure { add(assessment.candidate(row), row.layer) }
    for object in residue?.objects ?? [] { add(object.candidate, .residue) }
    for (digest, revision) in elsewhere {
      if digest == .none {
        nameless += 1
      } else {
        sightings.append(Sighting(digest: digest, revision: revision ?? -1, layer: nil))
      }
    }
    sightings.sort { ($0.digest.tableIndex, $0.digest.fragment) < ($1.digest.tableIndex, $1.digest.fragment) }
    self.sightings = sightings
    self.nameless = nameless
  }

  /// How many objects there are.
  var count: Int {
    var count = nameless
    var last = KeyDigest.none
    for sighting in sightings where sighting.digest != last {
      count += 1
      last = sighting.digest
    }
    return count
  }

  /// What is known of the objects with these digests. O(sightings).
  func objects(_ digests: Set<KeyDigest>) -> [KeyDigest: Object] {
    var objects: [KeyDigest: Object] = [:]
    for sighting in sightings where digests.contains(sighting.digest) {
      let revision = sighting.revision < 0 ? nil : sighting.revision
      var object = objects[sighting.digest] ?? Object(layers: [])
      if let layer = sighting.layer {
        if !object.layers.contains(layer) { object.layers.append(layer) }
      } else {
        object.isElsewhere = true
      }
      object.firstRevision = [object.firstRevision, revision].compactMap(\.self).min()
      object.lastRevision = [object.lastRevision, revision].compactMap(\.self).max()
      objects[sighting.digest] = object
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
