import BoltFormat
import ByteViews
import Cryptography
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Who listens to the rows of a store: to each that is in scope, in whatever layer, without a cap.
package protocol RowSink {
  /// Takes the next row. Rows come layer by layer as the file has them: those in use in file order, then what lies in free
  /// pages.
  mutating func take(_ row: StoredRow)
}

/// One row in scope, or an object in free pages, and where it lies.
package struct StoredRow {
  /// The etcd key; nil where the row is gone, or its name was not kept.
  package let key: EtcdKey?
  /// nil of an object whose row is gone.
  package let revision: Revision?
  package let layer: Layer
  package let valueClass: ValueClass
  /// The group resource, such as `secrets`.
  package let resource: String
  /// nil where it lies below no prefix that counts.
  package let prefix: EtcdPrefix?
  /// The first byte of the value, from the start of the bbolt image.
  package let offset: ByteOffset
  package let valueBytes: Int
  private let value: () -> [UInt8]?

  fileprivate init(
    _ candidate: Candidate, _ layer: Layer, _ store: StoreContents, key: EtcdKey?, value: @escaping () -> [UInt8]?
  ) {
    self.key = key
    self.layer = layer
    self.value = value
    revision = candidate.role == .residueObject ? nil : candidate.revision
    valueClass = store.list.kinds.kinds[Int(candidate.kind)].valueClass
    resource = store.list.resources[candidate.place.resource].name
    prefix = candidate.place.prefix.flatMap(store.list.prefixes.prefix)
    offset = ByteOffset(candidate.valueOffset)
    valueBytes = Int(candidate.valueBytes)
  }

  /// The SHA-256 of the value, by which it is known again in another snapshot; nil where it can't be read again, as from a
  /// stream. O(length): the value is read for it.
  package func digest() -> SHA256Digest? {
    guard let bytes = value() else { return nil }
    var hash = SHA256()
    hash.update(bytes.rawSpan)
    return hash.digest()
  }
}

extension StoreReading {
  /// Hands every row in scope to `sink`. O(rows), and a read of the file for each key.
  package func forEachRow(_ sink: inout some RowSink) {
    var names = self.names
    let reader = self.names
    func row(_ candidate: Candidate, _ layer: Layer) -> StoredRow {
      StoredRow(candidate, layer, contents, key: names.key(of: candidate)) {
        var reader = reader
        return reader.keyAndValue(of: candidate)?.value
      }
    }
    for candidate in contents.list.candidates where candidate.isInScope {
      sink.take(row(candidate, candidate.isLive ? .live : .history))
    }
    for candidate in contents.residue?.candidates ?? SegmentedArray() { sink.take(row(candidate, .residue)) }
  }
}
