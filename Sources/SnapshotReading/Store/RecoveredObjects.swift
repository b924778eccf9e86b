import ByteViews
import EtcdStorage
import KubernetesStorage
import SnapshotInput
import VerificationModel

/// The objects in the clear that can be recovered from bytes that no page owns, each revision of each key once.
package struct RecoveredObjects {
  /// An object in the clear: one revision of a key, at however many places it lies.
  package struct Object {
    /// The row or object at one of the places: one with its row, if there is one.
    package var candidate: Candidate
    /// Where its value lies in the file, in ascending order.
    package var offsets: [UInt64]
    /// The other layers in which the same value can be read.
    package var alsoIn: [Layer] = []
  }

  /// Each revision of each key once.
  package private(set) var objects: [Object] = []

  /// What makes two finds one object. Of an object without its row nobody knows the revision: there, two that are equally
  /// long count as one.
  private struct Identity: Hashable {
    let digest: KeyDigest
    let revision: Revision?
    let valueBytes: UInt32
  }

  /// The objects among those of the finds in `contents` of which `isConcerned` is true; `store` tells which of them a row
  /// in use holds too. O(candidates).
  ///
  /// - Parameter names: has the names of the objects without rows.
  package init(
    of contents: ResidueContents, _ store: StoreContents, _ names: inout any RowNameSource,
    where isConcerned: (Candidate) -> Bool
  ) {
    var numbers: [Identity: Int] = [:]
    var rows: [Identity: Int] = [:]
    let candidates = contents.candidates.lazy.filter(isConcerned)
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
    return digests.digest(of: key.rawSpan)
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
}
