import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Counts the values that need each encryption key.
struct KeySurvey {
  /// A key of a cluster.
  private struct Name: Hashable {
    let cluster: UInt16
    let encryption: UInt32
  }

  /// Values that need a key.
  fileprivate struct Use {
    var first: CaseKey.Write
    var last: CaseKey.Write
    /// By number of the snapshot: differences to the one before.
    var live: [Int]
    var history: [Int]
  }

  /// The newest encrypted value of a resource.
  private struct Newest {
    var revision: Revision
    var encryption: UInt32
  }

  private let contents: CaseContents
  private var uses: [Name: Use] = [:]
  private var newest: [UInt16: [String: Newest]] = [:]

  init(_ contents: CaseContents) { self.contents = contents }

  /// Looks at the next object.
  mutating func take(_ object: SeenObject) {
    let cluster = object.cluster
    for value in object.values where value.valueClass == .encrypted && value.encryption > 0 {
      guard let revision = value.revision, let first = value.spans.first?.first else { continue }
      let snapshot = CaseSnapshot.ID(cluster: cluster.name, number: first)
      let write = CaseKey.Write(revision: revision, snapshot: snapshot)
      let name = Name(cluster: cluster.number, encryption: value.encryption)
      let count = contents.taken[cluster.number]?.count ?? 0
      let none = [Int](repeating: 0, count: count + 2)
      uses[name, default: Use(first: write, last: write, live: none, history: none)].add(write, value.spans)
      let resource = contents.places[value.place]?.resource ?? ""
      if let known = newest[cluster.number]?[resource], !(known.revision < revision) { continue }
      newest[cluster.number, default: [:]][resource] = Newest(revision: revision, encryption: value.encryption)
    }
  }

  /// By cluster, then by the first value that was written with it.
  var answer: [CaseKey] {
    var answer: [CaseKey] = []
    for cluster in contents.clusters {
      var keys: [CaseKey] = []
      for (name, use) in uses where name.cluster == cluster.number {
        if let encryption = contents.encryptions[name.encryption] { keys.append(key(cluster, encryption, name, use)) }
      }
      answer += keys.sorted { left, right in
        let (one, other) = (left.firstWrite.revision, right.firstWrite.revision)
        return one != other ? one < other : left.sortName < right.sortName
      }
    }
    return answer
  }

  private func key(
    _ cluster: ClusterRecord, _ encryption: StoredRow.Encryption, _ name: Name, _ use: Use
  ) -> CaseKey {
    let count = contents.taken[cluster.number]?.count ?? 0
    func id(_ number: Int) -> CaseSnapshot.ID { CaseSnapshot.ID(cluster: cluster.name, number: number) }
    var uses: [CaseKey.Use] = []
    var (live, history) = (0, 0)
    var lastLive = 0
    for number in 1...max(1, count) {
      live += use.live[number]
      history += use.history[number]
      if live > 0 { lastLive = number }
      if live + history > 0 { uses.append(CaseKey.Use(snapshot: id(number), live: live, history: history)) }
    }
    let isWriting = newest[cluster.number]?.values.contains { $0.encryption == name.encryption } == true
    let standing: CaseKey.Standing =
      if isWriting { .writing } else if lastLive == count { .needed(live: live) } else {
        // One that no value in use ever needed was out of use from where it was seen first.
        .retirable(since: lastLive > 0 ? id(lastLive + 1) : use.first.snapshot)
      }
    return CaseKey(
      cluster: cluster.name, encryption, firstWrite: use.first, lastWrite: use.last, uses: uses, standing: standing)
  }
}

extension KeySurvey.Use {
  fileprivate mutating func add(_ write: CaseKey.Write, _ spans: [SeenValue.Span]) {
    if write.revision < first.revision { first = write }
    if last.revision < write.revision { last = write }
    for span in spans {
      if span.layers.contains(.live) {
        live[span.first] += 1
        live[span.last + 1] -= 1
      } else if span.layers.contains(.history) {
        history[span.first] += 1
        history[span.last + 1] -= 1
      }
    }
  }
}

extension CaseKey {
  fileprivate var sortName: String {
    "\(encryption.provider.rawValue)\n\(encryption.keyName ?? "")\n\(encryption.keyID ?? "")"
  }
}
