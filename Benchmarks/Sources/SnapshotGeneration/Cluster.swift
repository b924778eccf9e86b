import TestSupport

/// Makes up the objects of a cluster, and the values that they have.
struct Cluster {
  /// The namespaces, `kube-system` among them.
  let namespaces: [String]
  /// The leases that events are attached to.
  private(set) var leases: [Int64] = []
  /// What all random choices are made with.
  var random: SeededGenerator
  private let options: SnapshotOptions
  private let key: SealingKey
  private let prose: Prose
  private var count: UInt64 = 0

  /// Events that share a lease: an API server makes a new one after a while, or after so many (apiserver:
  /// storage/etcd3/lease_manager.go, `defaultLeaseMaxObjectCount`).
  private static let eventsPerLease = 1000

  /// A cluster without objects.
  init(_ options: SnapshotOptions) {
    self.options = options
    key = SealingKey(seed: options.seed)
    random = SeededGenerator(seed: options.seed)
    prose = Prose(&random)
    namespaces =
      ["default", "kube-node-lease", "kube-public", "kube-system"] + (1...60).map { "team-\($0 / 10)\($0 % 10)" }
  }

  /// Whether something of this probability happens.
  mutating func chance(_ probability: Double) -> Bool {
    Double(random.next() >> 11) * 0x1p-53 < probability
  }

  /// An object that wasn't there before; it has no value yet.
  mutating func makeObject() -> ClusterObject {
    count += 1
    let kind = makeKind()
    let suffix = String(random.next() >> 24, radix: 36)
    // kube-system holds an eighth of everything but the nodes' leases, which have a namespace of their own.
    let namespace =
      kind == .lease
      ? "kube-node-lease"
      : chance(0.125) ? "kube-system" : namespaces[Int.random(in: 0..<namespaces.count, using: &random)]
    let name =
      switch kind {
      case .configMap: "settings-\(count % 997)-\(suffix)"
      case .event: "app-\(count % 97)-\(suffix).\(String(random.next() | 1 << 60, radix: 16))"
      case .lease: "node-\(suffix)"
      case .pod: "app-\(count % 97)-\(String(random.next() >> 32, radix: 16))-\(suffix)"
      case .secret: "credentials-\(count % 997)-\(suffix)"
      }
    return ClusterObject(
      kind: kind, namespace: namespace, name: name, number: count, lease: kind == .event ? nextLease() : 0)
  }

  /// A new value for `object`, which takes note whether it is in the clear.
  mutating func makeValue(of object: inout ClusterObject) -> [UInt8] {
    let bytes = Int.random(in: options.mix.valueBytes(of: object.kind), using: &random)
    object.isPlaintext = object.kind != .secret || chance(options.plaintextShare)
    guard !object.isPlaintext else { return object.plaintext(bytes, prose, &random) }
    // Room for the envelope: its prefix, an IV or nonce, and padding or a tag.
    let plaintext = object.plaintext(bytes - 64, prose, &random)
    return options.provider.seal(plaintext, path: object.key, key: key, &random)
  }

  private mutating func makeKind() -> ObjectKind {
    var rest = Double(random.next() >> 11) * 0x1p-53
    let shares = options.mix.shares
    for (kind, share) in shares {
      if rest < share { return kind }
      rest -= share
    }
    return shares[0].kind
  }

  private var events = 0

  private mutating func nextLease() -> Int64 {
    if events % Self.eventsPerLease == 0 { leases.append(Int64(random.next() >> 1)) }
    events += 1
    return leases[leases.count - 1]
  }
}
