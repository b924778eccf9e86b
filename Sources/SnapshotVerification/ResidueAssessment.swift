import BoltFormat
import EtcdStorage
import KubernetesStorage

/// What the bytes that no page owns mean: which objects can be recovered from them, and which of these can be read as live
/// or history too.
struct ResidueAssessment {
  /// An object in the clear: one revision of a key, at however many places it lies.
  struct Object {
    /// The row or object at one of the places: one with its row, if there is one.
    var candidate: Candidate
    /// Where its value lies in the file, in ascending order.
    var offsets: [UInt64]
    /// The other layers in which the same value can be read.
    var alsoIn: [Layer] = []
  }

  /// Each revision of each key once.
  private(set) var objects: [Object] = []
  /// Where the first signs of Secrets lie that belong to none of these.
  let fragments: [UInt64]
  /// How many there are.
  let fragmentCount: Int
  /// The pages, by what is known of them.
  let pages: SnapshotReport.ResidueSummary
  /// The resources of the other layers, with what was counted here.
  private(set) var resources: [SnapshotReport.ResourceSummary]

  /// One for each of ``objects``.
  var flagged: [FlaggedRow] { objects.indices.map { FlaggedRow(.plaintextResidue, .residue, $0) } }

  /// What makes two finds one object. Of an object without its row nobody knows the revision: there, two that are equally
  /// long count as one.
  private struct Identity: Hashable {
    let digest: KeyDigest
    let revision: Revision?
    let valueBytes: UInt32
  }

  /// Assesses `contents`, which is what lies in `store` beside what `assessment` is about. O(candidates).
  ///
  /// - Parameter names: has the names of the objects without rows.
  init(
    of contents: ResidueContents, _ store: StoreContents, _ assessment: Assessment, _ names: inout any RowNameSource
  ) {
    self.init(of: contents, store, assessment.resources, &names, where: assessment.concerns(residue:))
  }

  /// Assesses those of the finds in `contents` of which `isConcerned` is true. O(candidates).
  ///
  /// - Parameters:
  ///   - resources: those of the other layers.
  ///   - names: has the names of the objects without rows.
  init(
    of contents: ResidueContents, _ store: StoreContents, _ resources: [SnapshotReport.ResourceSummary],
    _ names: inout any RowNameSource, where isConcerned: (Candidate) -> Bool
  ) {
    fragments = contents.fragments
    fragmentCount = contents.fragmentCount
    pages = contents.pages
    self.resources = resources
    var numbers: [Identity: Int] = [:]
    var rows: [Identity: Int] = [:]
    let candidates = contents.candidates.filter(isConcerned)
    for candidate in candidates where candidate.role == .residueRow {
      let identity = Identity(digest: candidate.digest, revision: candidate.revision, valueBytes: 0)
      let number = add(candidate, under: identity, in: &numbers)
      rows[Identity(digest: candidate.digest, revision: nil, valueBytes: candidate.valueBytes)] = number
    }
    for var candidate in candidates where candidate.role == .residueObject {
      candidate.digest = Self.digest(of: candidate, contents.digests, store, &names) ?? .none
      let identity = Identity(digest: candidate.digest, revision: nil, valueBytes: candidate.valueBytes)
      if candidate.digest != .none, let row = rows[identity] {
        objects[row].offsets.append(candidate.valueOffset)
      } else if candidate.digest == .none {
        objects.append(Object(candidate: candidate, offsets: [candidate.valueOffset]))
      } else {
        _ = add(candidate, under: identity, in: &numbers)
      }
    }
    for number in objects.indices { objects[number].offsets = Set(objects[number].offsets).sorted() }
    markReadable(store)
    objects.sort { $0.offsets[0] < $1.offsets[0] }
    count(store)
  }

  private mutating func add(_ candidate: Candidate, under identity: Identity, in numbers: inout [Identity: Int]) -> Int
  {
    if let number = numbers[identity] {
      objects[number].offsets.append(candidate.valueOffset)
      // The longest of several copies tells most; of equally long ones, the first.
      let known = objects[number].candidate
      if (candidate.messageBytes, known.messageOffset) > (known.messageBytes, candidate.messageOffset) {
        objects[number].candidate = candidate
      }
      return number
    }
    numbers[identity] = objects.count
    objects.append(Object(candidate: candidate, offsets: [candidate.valueOffset]))
    return objects.count - 1
  }

  /// The digest of the key under which the object would be stored; nil when that can't be told.
  private static func digest(
    of candidate: Candidate, _ digests: KeyDigest.Maker, _ store: StoreContents, _ names: inout any RowNameSource
  ) -> KeyDigest? {
    guard let prefix = candidate.place.prefix.flatMap(store.list.prefixes.prefix),
      let resource = store.list.resources[candidate.place.resource].groupResource,
      let outline = names.outline(of: candidate)
    else { return nil }
    let key = ResourcePath.key(
      below: prefix, of: resource, namespace: outline.namespace.isEmpty ? nil : outline.namespace, name: outline.name)
    // Sound: a byte is initialized memory of any pattern.
    return digests.digest(of: unsafe key.span.bytes)
  }

  /// Marks the objects that a row in use holds too: of the same revision or, where it is not known, of the same length.
  private mutating func markReadable(_ store: StoreContents) {
    guard !objects.isEmpty else { return }
    var numbers: [KeyDigest: [Int]] = [:]
    for (number, object) in objects.enumerated() where object.candidate.digest != .none {
      numbers[object.candidate.digest, default: []].append(number)
    }
    for row in store.list.candidates {
      guard let sharers = numbers[row.digest] else { continue }
      let layer: Layer = row.isLive ? .live : .history
      for number in sharers {
        let candidate = objects[number].candidate
        let isSame =
          candidate.role == .residueRow
          ? candidate.revision == row.revision
          : candidate.valueBytes == row.valueBytes
            && store.list.kinds.kinds[Int(row.kind)].valueClass == .plaintext
        if isSame, !objects[number].alsoIn.contains(layer) { objects[number].alsoIn.append(layer) }
      }
    }
    for number in objects.indices { objects[number].alsoIn.sort { $0.order < $1.order } }
  }

  // MARK: Counting

  private mutating func count(_ store: StoreContents) {
    for number in resources.indices { resources[number].residue = SnapshotReport.ResidueCounts() }
    for object in objects {
      let place = object.candidate.place
      count(store.list.resources[place.resource].name, place.prefix.flatMap(store.list.prefixes.prefix)) { counts in
        counts.objects += 1
        if !object.alsoIn.isEmpty { counts.alsoReadable += 1 }
      }
    }
    if !fragments.isEmpty {
      let fragmentCount = fragmentCount
      count(GroupResource.secrets.description, nil) { $0.fragments += fragmentCount }
    }
    resources.sort { ($0.prefix, $0.resource) < ($1.prefix, $1.resource) }
  }

  /// Counts for a resource below a prefix; where the prefix is not known, below the first that has such a resource.
  private mutating func count(
    _ resource: String, _ prefix: EtcdPrefix?, _ body: (inout SnapshotReport.ResidueCounts) -> Void
  ) {
    let number = resources.firstIndex { $0.resource == resource && (prefix == nil || $0.prefix == prefix) }
    if let number {
      var counts = resources[number].residue ?? SnapshotReport.ResidueCounts()
      body(&counts)
      resources[number].residue = counts
      return
    }
    var summary = SnapshotReport.ResourceSummary(resource: resource, prefix: prefix ?? EtcdPrefix("/registry"))
    var counts = SnapshotReport.ResidueCounts()
    body(&counts)
    summary.residue = counts
    resources.append(summary)
  }
}
