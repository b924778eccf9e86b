import EtcdStorage
import KubernetesStorage

/// Where the names come from that findings about rows show.
protocol RowNameSource {
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
  var boundedKey: EtcdKey {
    EtcdKey(copying: key.extracting(first: min(key.byteCount, FindingList.maximumKeyBytes + 1)))
  }

  /// What the object in the clear that is the value tells of itself; nil when it is none.
  var objectOutline: ObjectOutline? {
    let value = value
    let classification = Classification(of: value)
    guard let object = classification.object, let encoding = classification.encoding else { return nil }
    return ObjectOutline(of: value.extracting(object), encoding: encoding)
  }
}
