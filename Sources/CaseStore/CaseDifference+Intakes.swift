import ByteViews
import EtcdStorage
import KubernetesStorage
import VerificationModel

extension CaseDifference {
  /// What is different in two snapshots that no case has, by the rows that were told of them. O(n log n).
  ///
  /// - Parameter name: what stands for the name of the cluster in what is answered.
  package init(
    between before: consuming CaseIntake, _ beforeSide: Side, and after: consuming CaseIntake, _ afterSide: Side,
    mayBeOneCluster: Bool?, clusterName name: String = ""
  ) {
    var pair = IntakePair(before.rows, after.rows)
    var comparison = StateComparison(pair.encryptions)
    let places = pair.places
    pair.forEachObject(of: ClusterRecord(number: 0, name: name)) { object in
      comparison.take(.init(object, in: 1), .init(object, in: 2)) { object.object(places) }
    }
    self = comparison.answer(before: beforeSide, after: afterSide, mayBeOneCluster: mayBeOneCluster)
  }
}

/// The rows of two snapshots, brought together as those of one cluster.
private struct IntakePair {
  private var rows: [IntakeRows]
  private(set) var encryptions: [UInt32: StoredRow.Encryption] = [:]
  private(set) var places: [UInt32: RowPlace] = [:]
  private var names: [[UInt8]]

  init(_ before: IntakeRows, _ after: IntakeRows) {
    rows = [before, after]
    let allEncryptions = Self.numbers(rows.map(\.encryptions))
    let allPlaces = Self.numbers(rows.map(\.places))
    let allNames = Self.numbers(rows.map(\.longNames))
    names = allNames.sorted { $0.value < $1.value }.map(\.key)
    for (encryption, number) in allEncryptions { encryptions[number] = encryption }
    for (place, number) in allPlaces { places[number] = place }
    for side in rows.indices {
      rows[side].settle(
        cluster: 0, encryptions: rows[side].encryptions.map { allEncryptions[$0] ?? 0 },
        places: rows[side].places.map { allPlaces[$0] ?? 0 }, names: rows[side].longNames.map { allNames[$0] ?? 0 })
    }
  }

  private static func numbers<Value: Hashable>(_ lists: [[Value]]) -> [Value: UInt32] {
    var numbers: [Value: UInt32] = [:]
    for value in lists.joined() where numbers[value] == nil { numbers[value] = UInt32(numbers.count + 1) }
    return numbers
  }

  /// Hands over every object, with snapshots 1 and 2.
  mutating func forEachObject(of cluster: ClusterRecord, _ body: (SeenObject) -> Void) {
    var part: [UInt8] = []
    var values: [SeenValue] = []
    var withoutKey: [SeenValue] = []
    func end() {
      guard !values.isEmpty else { return }
      let key =
        RowKey.nameNumber(inPart: part.rawSpan).map { names[Int($0) - 1] }
        ?? RowKey.etcdKey(inPart: part.rawSpan) ?? []
      if key.isEmpty { return withoutKey = values }
      var object = SeenObject(cluster: cluster, key: EtcdKey(bytes: key), values: values)
      object.settle(encryptions)
      body(object)
    }
    func take(_ key: RawSpan, _ spans: [SeenValue.Span]) {
      let ownPart = key.extracting(0..<key.byteCount - RowKey.tailBytes)
      if !ownPart.isEqual(to: part.rawSpan) {
        end()
        values.removeAll(keepingCapacity: true)
        part.replace(with: ownPart)
      }
      if let value = SeenValue(key, spans: spans) { values.append(value) }
    }
    let (before, after) = (rows[0], rows[1])
    var (first, second) = (0, 0)
    while first < before.entries.count || second < after.entries.count {
      var order = first < before.entries.count ? -1 : 1
      if first < before.entries.count, second < after.entries.count {
        order = before.key(before.entries[first]).order(with: after.key(after.entries[second]))
      }
      var spans: [SeenValue.Span] = []
      if order <= 0 { spans.append(.init(layers: before.entries[first].layers, first: 1, last: 1)) }
      if order >= 0 {
        let layers = after.entries[second].layers
        if let span = spans.first, span.layers == layers {
          spans[0].last = 2
        } else {
          spans.append(.init(layers: layers, first: 2, last: 2))
        }
      }
      if order <= 0 {
        take(before.key(before.entries[first]), spans)
      } else {
        take(after.key(after.entries[second]), spans)
      }
      if order <= 0 { first += 1 }
      if order >= 0 { second += 1 }
    }
    end()
    let groups = Dictionary(grouping: withoutKey) { places[$0.place]?.resource ?? "" }
    for group in groups.sorted(by: { $0.key < $1.key }) {
      var object = SeenObject(cluster: cluster, key: nil, values: group.value)
      object.settle(encryptions)
      body(object)
    }
  }
}
