import ByteViews
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Where the names come from that findings about rows show.
package protocol RowNameSource {
  /// The etcd key of a row, at most ``FindingList/maximumKeyBytes`` and one more; nil when it can't be had.
  mutating func key(of row: Candidate) -> EtcdKey?
  /// What the object in the clear that the row holds tells of itself; nil when it can't be had.
  mutating func outline(of row: Candidate) -> ObjectOutline?
  /// The etcd key and the value of a row; nil when they can't be had.
  mutating func keyAndValue(of row: Candidate) -> (key: [UInt8], value: [UInt8])?
  /// Rows that could not be read.
  var errors: ErrorList { get }
}

extension KeyValue {
  /// The key, at most ``FindingList/maximumKeyBytes`` and one more.
  package var boundedKey: EtcdKey {
    EtcdKey(copying: key.extracting(first: min(key.byteCount, EtcdKey.maximumNamedBytes + 1)))
  }

  /// What the object in the clear that is the value tells of itself; nil when it is none.
  var objectOutline: ObjectOutline? {
    let value = value
    let classification = Classification(of: value)
    guard let object = classification.object, let encoding = classification.encoding else { return nil }
    return ObjectOutline(of: value.extracting(object), encoding: encoding)
  }
}

extension EtcdKey {
  /// Keys longer than this are not kept; the API server's have a few hundred bytes.
  package static let maximumNamedBytes = 2048
}

extension ObjectOutline {
  /// Bytes of data key names that are kept in all.
  package static let textBudget = 16 << 20

  /// Bytes of the names it holds, of a Secret's data first of all.
  package var textBytes: Int {
    let names = apiVersion.utf8.count + kind.utf8.count + namespace.utf8.count + name.utf8.count
    return (secret?.data ?? []).reduce(names + (secret?.type.utf8.count ?? 0)) { $0 + $1.name.utf8.count }
  }
}
