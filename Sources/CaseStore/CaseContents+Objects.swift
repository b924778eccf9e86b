import ByteViews
import EtcdStorage
import KubernetesStorage
import LMDB
import VerificationModel

extension CaseContents {
  /// Hands every object to `body`, in the order of clusters by name, then of etcd keys, until that answers false; those of which
  /// no key is known come last in their cluster. O(rows).
  func forEachObject(
    _ transaction: borrowing Transaction, _ body: (SeenObject) throws(CaseError) -> Bool
  ) throws(CaseError) {
    for cluster in clusters {
      guard try forEachObject(transaction, cluster: cluster, key: nil, body) else { return }
    }
  }

  /// Hands the objects of one cluster, or that of one key, to `body`; answers whether that never answered false.
  @discardableResult
  func forEachObject(
    _ transaction: borrowing Transaction, cluster: ClusterRecord, key: EtcdKey?,
    _ body: (SeenObject) throws(CaseError) -> Bool
  ) throws(CaseError) -> Bool {
    var walk = ObjectWalk(self, cluster)
    var start: [UInt8] = []
    start.append(bigEndian: cluster.number)
    if let key {
      guard let bytes = try storedKey(key.bytes, transaction) else { return true }
      start += bytes
    }
    let isStopped = try walk.run(transaction, from: start, isOneKey: key != nil, body)
    return !isStopped
  }

  /// What the keys of rows have of an etcd key; nil where it is a long one that no row has.
  private func storedKey(
    _ key: [UInt8], _ transaction: borrowing Transaction
  ) throws(CaseError) -> [UInt8]? {
    var bytes: [UInt8] = []
    if RowKey.append(key, to: &bytes) { return bytes }
    guard let number = try tables.value(of: LongName.digest(of: key), in: .longnames, of: transaction),
      number.count == 4
    else { return nil }
    RowKey.append(nameNumber: number.rawSpan.bigEndian(at: 0), to: &bytes)
    return bytes
  }
}
