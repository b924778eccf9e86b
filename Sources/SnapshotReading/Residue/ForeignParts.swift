import BoltFormat
import KubernetesStorage
import VerificationModel

/// The parts of a store in use that hold no values of keys, as the walk through the tree brings them.
package struct ForeignParts: Sendable {
  /// Bytes of the file, and what they are part of.
  package struct Place: Sendable {
    package let range: Range<UInt64>
    package let part: PlaintextElsewhere.Part
  }

  /// In the order of the walk.
  package private(set) var places: [Place] = []
  /// Whether there was no room for all of them: a forged file may have margins in every row.
  package private(set) var isFull = false
  /// Of a bucket `key` that lies inside another page, the rows, in ascending order.
  private var inlineRows: [Range<UInt64>] = []
  /// The buckets that lie inside the page of the root bucket.
  fileprivate private(set) var inlineBuckets: [Place] = []
  /// The places that are kept, beside one for each page.
  private static let capacity = 65_536
  private var margins = 0

  /// Adds the bytes that a page uses, but for those of rows of `key` that lie in it.
  package mutating func add(_ page: PageUse, pageSize: Int, _ part: Ledger.Kind) {
    let start = page.page.rawValue * UInt64(pageSize)
    var next = start + UInt64(PageHeader.byteCount)
    let end = start + page.usedBytes
    for row in inlineRows where row.lowerBound >= next && row.upperBound <= end {
      places.append(Place(range: next..<row.lowerBound, part: .ledger(part)))
      next = row.upperBound
    }
    if next < end { places.append(Place(range: next..<end, part: .ledger(part))) }
  }

  /// Adds the bytes of the freelist.
  package mutating func add(freelist range: Range<UInt64>) {
    places.append(Place(range: range, part: .ledger(.freelist)))
  }

  /// Adds bytes of a row that nobody would read.
  package mutating func add(margin range: Range<UInt64>, _ part: PlaintextElsewhere.Part) {
    guard !range.isEmpty else { return }
    guard margins < Self.capacity else {
      isFull = true
      return
    }
    margins += 1
    places.append(Place(range: range, part: part))
  }

  /// Takes note of a bucket that lies inside the page of the root bucket.
  package mutating func note(inlineBucket range: Range<UInt64>, _ part: Ledger.Kind) {
    guard inlineBuckets.count < Self.capacity else {
      isFull = true
      return
    }
    inlineBuckets.append(Place(range: range, part: .ledger(part)))
  }

  /// Takes note of a row of `key` that lies inside a page of another bucket.
  package mutating func note(inlineRow range: Range<UInt64>) {
    guard inlineRows.count < Self.capacity else {
      isFull = true
      return
    }
    inlineRows.append(range)
  }
}

extension ResidueFinds {
  /// Searches `parts` for plaintext of a kind in scope, which has no business there. What is examined is charged to the
  /// budget of these finds.
  ///
  /// - Returns: what was found, and why some of it could not be read.
  package mutating func search(_ parts: ForeignParts, in tree: Tree) -> (
    found: [PlaintextElsewhere], errors: [BoltError]
  ) {
    var errors: [BoltError] = []
    var found: [PlaintextElsewhere] = []
    var candidates: [Int: Candidate] = [:]
    var finds = empty()
    var names = RereadRows(tree.source, tree.meta)
    var namesLeft = ObjectOutline.textBudget
    let buckets = parts.inlineBuckets.sorted { $0.range.lowerBound < $1.range.lowerBound }
    for place in parts.places {
      let before = (finds.list.candidates.count, finds.fragments.count)
      finds.searchWhole(place.range, isSlack: false, tree, &errors)
      var known: Set<UInt64> = []
      for number in before.0..<finds.list.candidates.count {
        let candidate = finds.list.candidates[number]
        guard known.insert(candidate.valueOffset).inserted else { continue }
        let object = PlaintextElsewhere.Object(candidate, &names, isNamed: namesLeft > 0)
        namesLeft -= object.names?.byteCount ?? 0
        candidates[found.count] = candidate
        let resource = finds.list.resources[candidate.place.resource].groupResource ?? .secrets
        found.append(
          PlaintextElsewhere(
            offset: candidate.valueOffset, resource: resource, part: place.part(at: candidate.valueOffset, buckets),
            object: object))
      }
      for number in before.1..<finds.fragments.count {
        let offset = finds.fragments[number].offset
        found.append(
          PlaintextElsewhere(offset: offset, resource: .secrets, part: place.part(at: offset, buckets)))
      }
    }
    finds.list.kept?.settle()
    if let kept = finds.list.kept {
      for (number, candidate) in candidates { found[number].object?.contents = kept.row(of: candidate).contents }
    }
    take(workOf: finds)
    return (found, errors)
  }
}

extension ForeignParts.Place {
  /// What the byte at `offset` is part of; `buckets` lie inside the page of the root bucket, in ascending order. O(log n).
  fileprivate func part(at offset: UInt64, _ buckets: [Self]) -> PlaintextElsewhere.Part {
    guard part == .ledger(.root) else { return part }
    let next = buckets.partitionIndex { $0.range.lowerBound > offset }
    return next > 0 && buckets[next - 1].range.contains(offset) ? buckets[next - 1].part : part
  }
}

extension Finding.Names {
  /// About the memory that they take.
  fileprivate var byteCount: Int {
    let data = (secret?.data ?? []).reduce(secret?.type.utf8.count ?? 0) { $0 + $1.name.utf8.count }
    return 96 + name.utf8.count + (namespace?.utf8.count ?? 0) + (key?.bytes.count ?? 0) + data
  }
}
