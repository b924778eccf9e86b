import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Holds what two snapshots have of each object against each other.
struct StateComparison {
  /// What one snapshot has of an object.
  struct ObjectState {
    let live: SeenValue?
    /// Layers in which plaintext of it can be read, the value in use left aside.
    let exposure: LayerSet

    /// nil where the snapshot has nothing of the object that counts.
    init?(_ object: SeenObject, in number: Int) {
      live = object.live(in: number)
      exposure = object.exposure(in: number).subtracting(.live)
      if live == nil, exposure.isEmpty { return nil }
    }
  }

  private let encryptions: [UInt32: StoredRow.Encryption]
  private(set) var changes: [CaseDifference.Change] = []
  private(set) var unchanged = 0

  init(_ encryptions: [UInt32: StoredRow.Encryption]) { self.encryptions = encryptions }

  /// Compares the next object.
  mutating func take(_ before: ObjectState?, _ after: ObjectState?, _ object: () -> CaseObject) {
    guard before != nil || after != nil else { return }
    guard let kind = kind(before, after) else {
      unchanged += 1
      return
    }
    var hasSameContents: Bool?
    if let one = before?.live, let other = after?.live { hasSameContents = one.contents.isSame(as: other.contents) }
    changes.append(
      CaseDifference.Change(
        object(), kind, before: before.map(state), after: after.map(state), hasSameContents: hasSameContents))
  }

  private func kind(_ before: ObjectState?, _ after: ObjectState?) -> CaseDifference.Kind? {
    let (old, new) = (before?.live, after?.live)
    if let old, let new {
      if old.valueClass != new.valueClass { return .changedClass }
      if old.encryption != new.encryption { return .changedKey }
      if old.revision != new.revision || old.valueBytes != new.valueBytes
        || old.contents.isSame(as: new.contents) == false
      {
        return .rewritten
      }
    } else if old != nil {
      return .went
    } else if new != nil {
      return .came
    }
    return (before?.exposure ?? []) == (after?.exposure ?? []) ? nil : .exposedElsewhere
  }

  private func state(_ state: ObjectState) -> CaseDifference.State {
    CaseDifference.State(
      live: state.live.flatMap { value in
        value.revision.map {
          CaseDifference.Value(
            revision: $0, valueClass: value.valueClass, encryption: encryptions[value.encryption])
        }
      }, exposedIn: state.exposure.layers.compactMap(\.self))
  }

  func answer(before: CaseDifference.Side, after: CaseDifference.Side, mayBeOneCluster: Bool?) -> CaseDifference {
    CaseDifference(
      before: before, after: after, mayBeOneCluster: mayBeOneCluster, changes: changes.sorted { $0.object < $1.object },
      unchanged: unchanged)
  }
}

extension CaseDifference.Side {
  /// A snapshot of a case.
  init(_ snapshot: CaseSnapshot) {
    self.init(
      path: snapshot.path, member: snapshot.member, id: snapshot.id, takenAt: snapshot.takenAt,
      revision: snapshot.revisions?.greatest)
  }

  /// A snapshot that no case has.
  package init(_ report: SnapshotReport, takenAt: SnapshotTime?) {
    self.init(
      path: report.path, member: report.file.member, id: nil, takenAt: takenAt, revision: report.etcd?.revision)
  }
}
