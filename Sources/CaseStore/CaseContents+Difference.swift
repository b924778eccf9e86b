import EtcdStorage
import LMDB
import VerificationModel

extension CaseContents {
  /// What is different in two snapshots.
  func difference(
    _ before: CaseSnapshot, _ after: CaseSnapshot, _ transaction: borrowing Transaction
  ) throws(CaseError) -> CaseDifference {
    var comparison = StateComparison(encryptions)
    guard let cluster = cluster(named: before.id.cluster), let other = self.cluster(named: after.id.cluster) else {
      throw .damaged("a cluster is missing")
    }
    let (first, second) = (before.id.number, after.id.number)
    if cluster == other {
      try forEachObject(transaction, cluster: cluster, key: nil) { object throws(CaseError) in
        comparison.take(.init(object, in: first), .init(object, in: second)) { object.object(places) }
        return true
      }
    } else {
      // Objects that two clusters have under one key are compared.
      var old: [(object: CaseObject, state: StateComparison.ObjectState)] = []
      try forEachObject(transaction, cluster: cluster, key: nil) { object throws(CaseError) in
        if let state = StateComparison.ObjectState(object, in: first) { old.append((object.object(places), state)) }
        return true
      }
      var next = 0
      try forEachObject(transaction, cluster: other, key: nil) { object throws(CaseError) in
        guard let state = StateComparison.ObjectState(object, in: second) else { return true }
        let name = object.object(places)
        while next < old.count, old[next].object.isBeforeInAnyCluster(name) {
          comparison.take(old[next].state, nil) { old[next].object }
          next += 1
        }
        if next < old.count, !name.isBeforeInAnyCluster(old[next].object) {
          comparison.take(old[next].state, state) { name }
          next += 1
        } else {
          comparison.take(nil, state) { name }
        }
        return true
      }
      for rest in old[next...] { comparison.take(rest.state, nil) { rest.object } }
    }
    return comparison.answer(
      before: CaseDifference.Side(before), after: CaseDifference.Side(after),
      mayBeOneCluster: mayBeOneCluster(before.id, after.id))
  }
}

extension CaseObject {
  fileprivate func isBeforeInAnyCluster(_ other: CaseObject) -> Bool {
    CaseObject(cluster: "", key: key, resource: resource, namespace: namespace, name: name)
      < CaseObject(
        cluster: "", key: other.key, resource: other.resource, namespace: other.namespace, name: other.name)
  }
}
