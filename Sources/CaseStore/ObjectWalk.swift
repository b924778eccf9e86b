import ByteViews
import EtcdStorage
import KubernetesStorage
import LMDB
import VerificationModel

/// The way through the rows of one cluster, object by object.
struct ObjectWalk {
  private let contents: CaseContents
  private let cluster: ClusterRecord
  private let count: Int
  /// See ``SpanSet/spans(_:_:)``.
  private let numbers: [Int]?
  // Rows that follow each other are mostly in the same snapshots.
  private var lastRuns: [UInt8] = []
  private var lastSpans: [SeenValue.Span] = []

  init(_ contents: CaseContents, _ cluster: ClusterRecord) {
    self.contents = contents
    self.cluster = cluster
    let numbers = (contents.taken[cluster.number] ?? []).map(\.number)
    count = numbers.count
    self.numbers = numbers == Array(1...max(1, count)) || numbers.isEmpty ? nil : numbers
  }

  /// Goes through the rows whose keys begin with `start`, all of the cluster or those of one etcd key; answers whether `body`
  /// answered false.
  mutating func run(
    _ transaction: borrowing Transaction, from start: [UInt8], isOneKey: Bool,
    _ body: (SeenObject) throws(CaseError) -> Bool
  ) throws(CaseError) -> Bool {
    var long = try longKeys(transaction, from: start, isOneKey: isOneKey)[...]
    var withoutKey: [SeenValue] = []
    var isStopped = false
    let (owner, encryptions) = (cluster, contents.encryptions)
    func tell(_ key: [UInt8], _ values: [SeenValue]) throws(CaseError) {
      var object = SeenObject(cluster: owner, key: EtcdKey(bytes: key), values: values)
      object.settle(encryptions)
      isStopped = try !body(object)
    }
    try forEachGroup(transaction, from: start) { part, values throws(CaseError) in
      // Long keys are told of where they belong among the others.
      guard RowKey.nameNumber(inPart: part.rawSpan) == nil else { return true }
      guard let key = RowKey.etcdKey(inPart: part.rawSpan) else { throw .damaged("a row can't be read") }
      if key.isEmpty {
        withoutKey = values
        return true
      }
      while let next = long.first, next.key.lexicographicallyPrecedes(key), !isStopped {
        try tell(next.key, next.values)
        long.removeFirst()
      }
      if !isStopped { try tell(key, values) }
      return !isStopped
    }
    for next in long where !isStopped { try tell(next.key, next.values) }
    try endWithoutKey(withoutKey, &isStopped, body)
    return isStopped
  }

  /// The objects of long etcd keys, in the order of these.
  private mutating func longKeys(
    _ transaction: borrowing Transaction, from start: [UInt8], isOneKey: Bool
  ) throws(CaseError) -> [(key: [UInt8], values: [SeenValue])] {
    var numbered: [(number: UInt32, values: [SeenValue])] = []
    try forEachGroup(transaction, from: isOneKey ? start : start + [0xFF, 0xFF]) { part, values throws(CaseError) in
      if let number = RowKey.nameNumber(inPart: part.rawSpan) { numbered.append((number, values)) }
      return true
    }
    var objects: [(key: [UInt8], values: [SeenValue])] = []
    for (number, values) in numbered {
      guard let key = try contents.tables.value(of: LongName.key(of: number), in: .names, of: transaction) else {
        throw .damaged("a long etcd key is missing")
      }
      objects.append((key, values))
    }
    return objects.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  /// Hands the values of each object whose rows' keys begin with `start` to `body`, until that answers false; with the part of
  /// their keys that they share.
  private mutating func forEachGroup(
    _ transaction: borrowing Transaction, from start: [UInt8],
    _ body: ([UInt8], [SeenValue]) throws(CaseError) -> Bool
  ) throws(CaseError) {
    var current: [UInt8] = []
    var values: [SeenValue] = []
    var isStopped = false
    let tables = contents.tables
    try tables.scan(.rows, from: start, of: transaction) { key, value throws(CaseError) in
      guard key.holds(start, at: 0) else { return false }
      guard key.byteCount >= RowKey.clusterBytes + RowKey.terminatorBytes + RowKey.tailBytes else {
        throw .damaged("a row can't be read")
      }
      let part = key.extracting(0..<key.byteCount - RowKey.tailBytes)
      if !part.isEqual(to: current.rawSpan) {
        if !values.isEmpty {
          isStopped = try !body(current, values)
          if isStopped { return false }
          values.removeAll(keepingCapacity: true)
        }
        current.replace(with: part)
      }
      values.append(try self.value(key, value))
      return true
    }
    if !values.isEmpty, !isStopped { _ = try body(current, values) }
  }

  /// Objects of no known key are told apart by their resource alone.
  private func endWithoutKey(
    _ values: [SeenValue], _ isStopped: inout Bool, _ body: (SeenObject) throws(CaseError) -> Bool
  ) throws(CaseError) {
    let groups = Dictionary(grouping: values) { contents.places[$0.place]?.resource ?? "" }
    for group in groups.sorted(by: { $0.key < $1.key }) where !isStopped {
      var object = SeenObject(cluster: cluster, key: nil, values: group.value)
      object.settle(contents.encryptions)
      isStopped = try !body(object)
    }
  }

  /// The value that an entry of the table is.
  private mutating func value(_ key: RawSpan, _ value: RawSpan) throws(CaseError) -> SeenValue {
    if !value.isEqual(to: lastRuns.rawSpan) {
      guard let runs = RowRuns.read(value, count: count) else { throw .damaged("the snapshots of a row can't be read") }
      lastSpans = SpanSet.spans(runs, numbers)
      lastRuns.replace(with: value)
    }
    guard let value = SeenValue(key, spans: lastSpans) else { throw .damaged("a row can't be read") }
    return value
  }
}
