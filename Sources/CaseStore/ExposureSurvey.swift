import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Looks for objects that can be read in any snapshot.
struct ExposureSurvey {
  /// What can be read from one snapshot.
  private struct Reading {
    var objects = 0
    var objectsInForce = 0
    var layers: LayerSet = []
  }

  private let contents: CaseContents
  private(set) var exposures: [CaseExposure] = []
  /// By cluster, then by number; what is at 0 is nobody's.
  private var readings: [UInt16: [Reading]] = [:]

  init(_ contents: CaseContents) {
    self.contents = contents
    for (cluster, taken) in contents.taken {
      readings[cluster] = [Reading](repeating: Reading(), count: taken.count + 1)
    }
  }

  /// Looks at the next object.
  mutating func take(_ object: SeenObject) {
    guard object.values.contains(where: { $0.valueClass == .plaintext }) else { return }
    let cluster = object.cluster
    var layers = [LayerSet](repeating: [], count: readings[cluster.number]?.count ?? 1)
    var first = Int.max
    var last = 0
    var all: LayerSet = []
    for value in object.values where value.valueClass == .plaintext {
      for span in value.spans {
        first = min(first, span.first)
        last = max(last, span.last)
        all.formUnion(span.layers)
        for number in span.first...span.last { layers[number].formUnion(span.layers) }
      }
    }
    guard first <= last, last < layers.count else { return }
    func id(_ number: Int) -> CaseSnapshot.ID { CaseSnapshot.ID(cluster: cluster.name, number: number) }
    var exposure = CaseExposure(
      object.object(contents.places), firstSnapshot: id(first), lastSnapshot: id(last),
      snapshots: layers.count { !$0.isEmpty }, layers: all.layers.compactMap(\.self),
      lastLayer: layers[last].layers.first ?? nil, standing: standing(of: object))
    let readable = object.values.filter { $0.valueClass == .plaintext }
    exposure.firstRevision = readable.lazy.compactMap(\.revision).first
    exposure.lastRevision = readable.last { $0.revision != nil }?.revision
    let marks = Set(readable.map(\.contents))
    if !marks.isEmpty, !marks.contains(.none) { exposure.values = marks.count }
    exposures.append(exposure)
    for number in first...last where !layers[number].isEmpty {
      readings[cluster.number]?[number].objects += 1
      if exposure.isToBeRotated { readings[cluster.number]?[number].objectsInForce += 1 }
      readings[cluster.number]?[number].layers.formUnion(layers[number])
    }
  }

  /// What became of what could be read, as the newest snapshot has it.
  private func standing(of object: SeenObject) -> CaseExposure.Standing {
    let taken = contents.taken[object.cluster.number] ?? []
    let newest = taken.count
    guard let live = object.live(in: newest) else {
      // Where not all was read, it may be there all the same; and an object whose key is not known can't be looked for.
      let isWhole = taken.first { $0.number == newest }?.draft.isWhole == true
      return isWhole && object.key != nil ? .deleted : .unknown
    }
    guard live.valueClass != .plaintext else { return .plaintext }
    let same = object.values.filter { $0.valueClass == .plaintext }.map { live.contents.isSame(as: $0.contents) }
    if same.contains(true) { return .reencrypted }
    guard !same.contains(nil), var since = live.revision else { return .unknown }
    // The beginning of the last stretch of values that have these contents.
    for value in object.values.reversed() {
      guard let revision = value.revision, revision < since else { continue }
      guard live.contents.isSame(as: value.contents) == true else { break }
      since = revision
    }
    return .changed(since: since)
  }

  var answer: CaseExposures {
    var answer = CaseExposures()
    answer.objects = exposures
    for cluster in contents.clusters {
      for (number, reading) in (readings[cluster.number] ?? []).enumerated() where reading.objects > 0 {
        answer.leaks.append(
          CaseExposures.Leak(
            snapshot: CaseSnapshot.ID(cluster: cluster.name, number: number), objects: reading.objects,
            objectsInForce: reading.objectsInForce, layers: reading.layers.layers.compactMap(\.self)))
      }
    }
    answer.fragments = contents.taken.values.joined().reduce(0) { $0 + $1.draft.fragments }
    return answer
  }
}

extension SnapshotDraft {
  /// Whether all of it was read.
  var isWhole: Bool { errorCodes.isEmpty && revisions != nil }
}
