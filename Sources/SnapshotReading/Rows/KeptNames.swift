import EtcdStorage
import KubernetesStorage
import Synchronization
import VerificationModel

/// Names that were kept while the rows of a stream went by, for it can't be read again.
///
/// First of all of those rows that are not encrypted; of the others, which may turn out to be under an old key, as long
/// as there is room.
package struct KeptNames: RowNameSource, Sendable {
  /// Bytes of names that are kept of rows that are not encrypted, and of those that are.
  static let budgets = (clear: 12 << 20, encrypted: 4 << 20)

  /// Bytes that the names of a row take beside their own: its share of the table, which may be half empty, and of the
  /// memory that each text or list has to itself.
  private static let overhead = 320
  /// Bytes that the names of an encrypted row take at most.
  private static let largestNames = overhead + EtcdKey.maximumNamedBytes + 1

  /// What is kept of a row.
  private struct Names: Sendable {
    package let key: EtcdKey
    package let outline: ObjectOutline?
    let isClear: Bool

    /// About the memory they take.
    var byteCount: Int { overhead + key.bytes.count + (outline?.textBytes ?? 0) }
  }

  package let errors = ErrorList()
  /// By where the row's message starts.
  private var names: [UInt64: Names] = [:]
  private var clearBytes = 0
  private var encryptedBytes = 0
  /// Whether the list that all others join has room for names of encrypted rows: where it has none, none are taken down.
  private let room = Room()

  /// What lists of one stream share.
  private final class Room: Sendable {
    let isTaken = Atomic(false)
  }

  /// Whether there may be room for names of rows that are encrypted.
  var keepsEncrypted: Bool { !room.isTaken.load(ordering: .relaxed) }

  /// Forgets the names, but not whether there is room.
  package mutating func removeAll() {
    names.removeAll(keepingCapacity: true)
    (clearBytes, encryptedBytes) = (0, 0)
  }

  /// Keeps the names of the row that `candidate` stands for, if there is room.
  package mutating func keep(_ candidate: Candidate, _ keyValue: borrowing KeyValue, isClear: Bool) {
    guard isClear || keepsEncrypted else { return }
    let outline = isClear ? keyValue.objectOutline : nil
    keep(Names(key: keyValue.boundedKey, outline: outline, isClear: isClear), at: candidate.messageOffset)
  }

  /// Keeps the names of what lies at `offset` in bytes that no page in use may own, if there is room.
  mutating func keepResidue(_ key: EtcdKey?, _ outline: ObjectOutline?, at offset: UInt64) {
    keep(Names(key: key ?? EtcdKey(bytes: []), outline: outline, isClear: true), at: offset)
  }

  private mutating func keep(_ row: Names, at offset: UInt64) {
    let bytes = row.byteCount
    if row.isClear {
      guard clearBytes + bytes <= Self.budgets.clear else { return }
      clearBytes += bytes
    } else {
      guard encryptedBytes + bytes <= Self.budgets.encrypted else { return }
      encryptedBytes += bytes
    }
    names[offset] = row
  }

  /// Takes over the names of `other`, in the order of the file as far as there is room.
  package mutating func join(_ other: KeptNames) {
    for (offset, row) in other.names.sorted(by: { $0.key < $1.key }) { keep(row, at: offset) }
    // Lists join in the order of the file: once one name might not fit, none that comes later is kept.
    if encryptedBytes > Self.budgets.encrypted - Self.largestNames {
      encryptedBytes = Self.budgets.encrypted
      room.isTaken.store(true, ordering: .relaxed)
    }
  }

  package mutating func key(of row: Candidate) -> EtcdKey? { names[row.messageOffset]?.key }

  /// Values are not kept.
  package mutating func keyAndValue(of row: Candidate) -> (key: [UInt8], value: [UInt8])? { nil }

  package mutating func outline(of row: Candidate) -> ObjectOutline? { names[row.messageOffset]?.outline }
}
