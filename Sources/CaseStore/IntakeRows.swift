import ByteViews
import EtcdStorage
import VerificationModel

/// The rows of one snapshot, as table ``CaseTable/rows`` has their keys: 24 bytes for each, and the key.
struct IntakeRows: Sendable {
  /// One row.
  struct Entry: Sendable {
    /// Where its key begins in the arena.
    var start: Int
    /// Bytes of its key.
    var byteCount: UInt16
    var layers: LayerSet
    /// Whether its etcd key is among ``IntakeRows/longNames``, under the number that stands in its key.
    let hasLongName: Bool
    /// Which of ``IntakeRows/encryptions`` it has, from 1; 0: none.
    let encryption: UInt32
    /// Which of ``IntakeRows/places`` it has, from 1.
    let place: UInt32
  }

  private(set) var entries: [Entry] = []
  /// Keys, one behind the other.
  private(set) var arena: [UInt8] = []
  private(set) var encryptions: [StoredRow.Encryption] = []
  private(set) var places: [RowPlace] = []
  /// Etcd keys that are too long to be part of a key.
  private(set) var longNames: [[UInt8]] = []
  /// The numbers of the long names in the case; until then in the order in which they came.
  private var longNameNumbers: [UInt32] = []

  mutating func add(_ encryption: StoredRow.Encryption) -> UInt32 {
    encryptions.append(encryption)
    return UInt32(encryptions.count)
  }

  mutating func add(_ place: RowPlace) -> UInt32 {
    places.append(place)
    return UInt32(places.count)
  }

  /// Adds a row. O(length of its key).
  mutating func append(_ row: StoredRow, encryption: UInt32, place: UInt32) {
    let start = arena.count
    arena.append(0)
    arena.append(0)
    let key = row.key?.bytes ?? []
    let isShort = RowKey.append(key, to: &arena)
    if !isShort {
      RowKey.append(nameNumber: UInt32(longNames.count), to: &arena)
      longNames.append(key)
    }
    RowKey.appendTail(
      revision: row.revision, valueClass: row.valueClass, authenticity: row.authenticity, valueBytes: row.valueBytes,
      contents: row.contents.map { ContentsMark($0) } ?? .none, encryption: encryption, place: place, to: &arena)
    entries.append(
      Entry(
        start: start, byteCount: UInt16(arena.count - start), layers: LayerSet(row.layer), hasLongName: !isShort,
        encryption: encryption, place: place))
  }

  // MARK: A case's own numbers

  /// Puts the numbers of a case in the place of those of the snapshot, and brings rows into the order of their keys, equal ones
  /// together in one. It can be done again, with other numbers. O(n log n).
  ///
  /// - Parameters:
  ///   - encryptions: the number of each of ``encryptions`` in the case.
  ///   - places: the number of each of ``places``.
  ///   - names: the number of each of ``longNames``.
  mutating func settle(cluster: UInt16, encryptions: [UInt32], places: [UInt32], names: [UInt32]) {
    if longNameNumbers.isEmpty { longNameNumbers = (0..<longNames.count).map { UInt32($0) } }
    var known: [UInt32: UInt32] = [:]
    for (old, new) in zip(longNameNumbers, names) { known[old] = new }
    for entry in entries {
      let tail = entry.start + Int(entry.byteCount) - RowKey.tailBytes
      arena.replace(at: entry.start, bigEndian: cluster)
      if entry.encryption > 0 {
        arena.replace(at: tail + RowKey.encryption, bigEndian: encryptions[Int(entry.encryption) - 1])
      }
      arena.replace(at: tail + RowKey.place, bigEndian: places[Int(entry.place) - 1])
      if entry.hasLongName {
        let place = entry.start + RowKey.clusterBytes + 2
        let old: UInt32 = arena.rawSpan.bigEndian(at: place)
        arena.replace(at: place, bigEndian: known[old] ?? old)
      }
    }
    longNameNumbers = names
    sort()
    joinEqual()
  }

  /// The key of an entry.
  @_lifetime(borrow self)
  func key(_ entry: Entry) -> RawSpan { arena.rawSpan.extracting(entry.start..<entry.start + Int(entry.byteCount)) }

  private mutating func sort() {
    let bytes = arena
    unsafe bytes.withUnsafeBytes { bytes in
      entries.sort { left, right in
        // Sound: both keys lie in the arena.
        let order = unsafe compare(
          UnsafeRawBufferPointer(rebasing: bytes[left.start..<left.start + Int(left.byteCount)]),
          UnsafeRawBufferPointer(rebasing: bytes[right.start..<right.start + Int(right.byteCount)]))
        return order != 0 ? order < 0 : left.byteCount < right.byteCount
      }
    }
  }

  /// A value may lie in several layers, and at several places in residue.
  private mutating func joinEqual() {
    var kept = 0
    for entry in entries {
      if kept > 0, key(entries[kept - 1]).isEqual(to: key(entry)) {
        entries[kept - 1].layers.formUnion(entry.layers)
      } else {
        entries[kept] = entry
        kept += 1
      }
    }
    entries.removeSubrange(kept...)
  }
}

extension RawSpan {
  /// Which comes first: less than 0 for this one, 0 where both are equal. As LMDB compares keys: a shorter one comes before those
  /// that begin with it.
  func order(with other: RawSpan) -> Int {
    // Sound: the buffers are read inside the calls that lend them.
    let order = unsafe withUnsafeBytes { own in unsafe other.withUnsafeBytes { unsafe compare(own, $0) } }
    return order != 0 ? order : byteCount - other.byteCount
  }

  /// Whether both have the same bytes.
  func isEqual(to other: RawSpan) -> Bool { byteCount == other.byteCount && order(with: other) == 0 }
}
