import KubernetesStorage
import TestSupport

/// A store, and a file of it, that follow from a seed: of all page sizes, shapes and histories that the writers know, with
/// leftovers in its free pages and forged pages inside its values.
struct GeneratedStore: Sendable {
  /// The store.
  let etcd: EtcdWriter
  /// The file, without a trailer.
  let image: BoltImage
  /// Etcd prefixes: a system namespace lies below each.
  let prefixes: [String]
  /// Whether values lie under keys where no API server puts them.
  let isUnruly: Bool

  private static let prefixLists = [
    ["/registry"], ["/registry"], ["/registry"], ["/kubernetes.io", "/openshift.io"], ["/clusters/blue"],
    ["/registry", "/k0s"], ["/registry", "/registry/tenant"], ["/a", "/b", "/c"],
  ]
  private static let pageSizes = [512, 512, 1024, 2048, 4096, 4096, 8192, 16_384, 65_536]

  /// What follows from `seed`.
  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pageSize = random.one(of: Self.pageSizes)
    prefixes = random.one(of: Self.prefixLists)
    isUnruly = random.isOne(in: 4)
    etcd = Self.store(below: prefixes, pageSize: pageSize, isUnruly: isUnruly, &random)
    var writer = BoltWriter(pageSize: pageSize, byteOrder: random.isOne(in: 4) ? .big : .little)
    writer.shape(&random)
    writer.fillFreePages(etcd, &random)
    var root = etcd.root
    root["key"]?.layout = random.isOne(in: 12) ? .inline : .pages
    if random.isOne(in: 4) { root["key"]?.extraLevels = random.count(1...3) }
    if random.isOne(in: 5) { root["lease"]?.layout = .pages }
    if random.isOne(in: 8) { root["zz"] = BoltBucket(["nested": BoltBucket([.init("a", [1])])]) }
    var image = writer.image(root, previous: random.isOne(in: 3) ? EtcdWriter().root : nil)
    image.forgePages(&random)
    self.image = image
  }

  /// Whether the file is as etcd leaves it between compactions, and large enough for pages of its own: the scan gets by
  /// with that.
  var isForTheScan: Bool {
    let leaves = image.leafPages(ofBucket: "key")
    return leaves.allSatisfy { !$0.isInline } && image.pages.allSatisfy { ($0.bucket?.count ?? 0) < 2 }
      && etcd.scheduledCompaction == etcd.finishedCompaction
  }

  /// Keys that exist.
  var liveKeys: Int { etcd.live.count + etcd.rawRows.count }

  /// Live values in the directory of Secrets below ``prefixes``.
  var liveSecrets: Int {
    etcd.live.filter { row in
      let key = String(decoding: row.keyValue.key, as: UTF8.self)
      // Nothing of the core group lies below the prefix of OpenShift's own API servers.
      return prefixes.contains { $0 != "/openshift.io" && key.hasPrefix("\($0)/secrets/") }
    }.count
  }

  private static func store(
    below prefixes: [String], pageSize: Int, isUnruly: Bool, _ random: inout SeededGenerator
  ) -> EtcdWriter {
    var etcd = EtcdWriter(random.one(of: EtcdWriter.Version.allCases))
    etcd.keepsTombstoneAtCompaction = random.isOne(in: 2)
    for _ in 0..<random.count(10...160) {
      if random.isOne(in: 40), etcd.revision > etcd.finishedCompaction ?? 0 {
        etcd.apply(.compact(random.revision(of: etcd)))
      } else {
        etcd.apply(random.operation(below: prefixes, pageSize: pageSize, isUnruly: isUnruly))
      }
    }
    let namespace = StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])
    for prefix in prefixes { etcd.apply(.put("\(prefix)/namespaces/kube-system", namespace)) }
    switch random.count(0...5) {
    case 0: etcd.apply(.compact(revision: random.revision(of: etcd), finished: false))
    case 1, 2: etcd.apply(.compact(random.revision(of: etcd)))
    default: break
    }
    if random.isOne(in: 6) {
      // As `etcdutl snapshot restore --bump-revision` writes it.
      let row = EtcdWriter.Row(main: etcd.revision + 1_000_000_000, keyValue: .init(key: []))
      etcd.rawRows = [.init(row.boltKey, [])]
    }
    return etcd
  }
}

// MARK: Operations

extension SeededGenerator {
  /// A revision up to which `etcd` can be compacted.
  fileprivate mutating func revision(of etcd: EtcdWriter) -> Int64 {
    Int64.random(in: (etcd.finishedCompaction ?? 0) + 1...etcd.revision, using: &self)
  }

  /// An operation on keys below `prefixes`; of an unruly store also on others, and with other values.
  fileprivate mutating func operation(
    below prefixes: [String], pageSize: Int, isUnruly: Bool
  ) -> EtcdWriter.Operation {
    let key = isUnruly && isOne(in: 8) ? strayKey(below: prefixes) : key(below: prefixes)
    switch count(0...9) {
    case 0...6:
      var value = value(of: isUnruly && isOne(in: 8) ? self.key(below: prefixes) : key, pageSize: pageSize)
      if isUnruly, isOne(in: 20) { value = Self.encryptionConfiguration }
      return .put(key, value, lease: isOne(in: 10) ? 7 : 0)
    case 7, 8: return .delete(key)
    default:
      return .transaction(
        (0..<count(0...4)).map { _ in operation(below: prefixes, pageSize: pageSize, isUnruly: isUnruly) })
    }
  }

  private mutating func key(below prefixes: [String]) -> String {
    let directory = one(of: [
      "secrets", "secrets", "secrets", "configmaps", "deployments", "pods", "acme.io/widgets", "services/specs",
      "apiextensions.k8s.io/customresourcedefinitions",
    ])
    return "\(one(of: prefixes))/\(directory)/\(one(of: ["default", "kube-system"]))/n\(count(0...9))"
  }

  private mutating func strayKey(below prefixes: [String]) -> String {
    let prefix = one(of: prefixes)
    return one(of: [
      "compact_rev_key", "/bootstrap/0a1b2c", "/else/where", "plain", "/", "\(prefix)/secrets/secrets/default/n1",
      "\(prefix)/apps/secrets/default/n1", "\(prefix)x/secrets/default/n1",
    ])
  }

  /// A value such as an API server stores under `key`.
  private mutating func value(of key: String, pageSize: Int) -> [UInt8] {
    if key.contains("/secrets/") { return secret() }
    if key.contains("/configmaps/") {
      return isOne(in: 3) ? sealed() : StoredSecret.object(apiVersion: "v1", kind: "ConfigMap", bytes(count(0...200)))
    }
    if key.contains("/deployments/") {
      return isOne(in: 3) ? sealed() : StoredSecret.object(apiVersion: "apps/v1", kind: "Deployment", bytes(20))
    }
    if key.contains("/customresourcedefinitions/") { return Self.definition(of: "r\(count(0...3))") }
    if key.hasPrefix("/bootstrap/") { return Array("3f2a9c:aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0IGRhdGE=".utf8) }
    let byteCount = isOne(in: 3) ? min(count(0...5 * pageSize), 40_000) : 30
    return StoredSecret.object(apiVersion: "v1", kind: "Pod", bytes(byteCount))
  }

  private mutating func secret() -> [UInt8] {
    switch count(0...9) {
    case 0...2: StoredSecret.plaintext(name: "n\(count(0...9))")
    case 3: StoredSecret.json
    case 4: Array(one(of: ["", "text", "k8s:enc:aescbc:v1:key1:short", "k8s:enc:rot13:v1:k:xyz"]).utf8)
    default: sealed()
    }
  }

  private mutating func sealed() -> [UInt8] {
    StoredSecret.sealed(
      one(of: StoredSecret.Provider.allCases), one(of: ["key1", "key2", "with:colon"]), keyID: "kek-\(count(1...2))",
      seed: next())
  }

  private static let encryptionConfiguration =
    Array(#"{"kind":"ConfigMap","apiVersion":"v1","data":{"c":"kind: EncryptionConfiguration\nresources:\n"#.utf8)
    + Array(
      #"- providers:\n  - aescbc:\n      keys:\n      - secret: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}}"#.utf8)

  private static func definition(of plural: String) -> [UInt8] {
    Array(
      (#"{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","#
        + #""spec":{"group":"acme.io","names":{"plural":"\#(plural)","kind":"R"},"scope":"Namespaced"}}"#).utf8)
  }

  /// Rows of another cluster, ascending: a Secret, a namespace, a definition and others.
  fileprivate mutating func foreignRows() -> [EtcdWriter.Row] {
    let prefix = one(of: ["/stale", "/registry", "/kubernetes.io"])
    let first = Int64(count(2...400))
    let values = [
      ("secrets/default/stale", StoredSecret.plaintext()),
      ("namespaces/kube-system", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
      ("stale.io/things/default/a", StoredSecret.json),
      ("apiextensions.k8s.io/customresourcedefinitions/things.stale.io", Self.definition(of: "things")),
      ("configmaps/default/stale", StoredSecret.plaintext()),
    ]
    return values.enumerated().map { number, row in
      EtcdWriter.Row(
        main: first + Int64(number), isTombstone: isOne(in: 5),
        keyValue: .init(key: Array("\(prefix)/\(row.0)".utf8), version: 1, value: row.1))
    }
  }
}

// MARK: Files

extension BoltWriter {
  /// Sets how pages are filled and where they lie.
  fileprivate mutating func shape(_ random: inout SeededGenerator) {
    packing = Packing(
      rowsPerLeaf: random.isOne(in: 2) ? random.count(1...12) : Packing.mostElements,
      childrenPerBranch: random.isOne(in: 2) ? random.count(2...6) : Packing.mostElements,
      fill: random.one(of: [0.5, 0.9, 1]))
    placement = random.one(of: [.childrenFirst, .parentsFirst, .shuffled(seed: random.next())])
    metas = random.isOne(in: 3) ? .rawCopy : .snapshot
    freelist = random.one(of: [.notStored, .notStored, .stored, .storedLong])
    txid = UInt64(random.count(2...9))
    if random.isOne(in: 4) { tail = [UInt8](repeating: 0, count: pageSize * random.count(1...3)) }
  }

  /// Leaves rows in free pages: such as a compaction removed, and those of other clusters. Some of the pages claim to reach
  /// over others.
  fileprivate mutating func fillFreePages(_ etcd: EtcdWriter, _ random: inout SeededGenerator) {
    for number in Set((0..<random.count(0...8)).map { _ in UInt64(random.count(2...80)) }).sorted() {
      var rows: [EtcdWriter.Row] = []
      switch random.count(0...3) {
      case 0: rows = Array(etcd.compacted.shuffled(using: &random).prefix(3))
      case 1: break
      default: rows = random.foreignRows()
      }
      var page = encoder.leaf(number, rows.map(\.leafRow).filling(pageSize))
      if rows.isEmpty, random.isOne(in: 2) {
        let key = EtcdWriter.Row(main: 2, keyValue: .init(key: [])).boltKey
        page = encoder.branch(number, [(key, UInt64(random.count(2...30)))])
      }
      if random.isOne(in: 3) {
        let overflow = [UInt8](bigEndian: UInt64(random.count(0...40))).suffix(4)
        page.replaceSubrange(12..<16, with: byteOrder == .big ? Array(overflow) : overflow.reversed())
      }
      freePages[number] = page
    }
  }
}

extension BoltImage {
  /// Puts pages into large values, each where a page may begin and under that page's number: what they hold is as little in
  /// use as any other bytes of a value.
  fileprivate mutating func forgePages(_ random: inout SeededGenerator) {
    let encoder = BoltPageEncoder(pageSize: pageSize, byteOrder: byteOrder)
    for leaf in leafPages(ofBucket: "key") where leaf.overflow > 0 {
      for index in 0..<Int(self[leaf, .count]) {
        let message = row(index, of: leaf).value
        for number in leaf.numbers.dropFirst() {
          let page = encoder.leaf(number, random.foreignRows().map(\.leafRow).filling(pageSize))
          let start = offset(of: number)
          // Behind the message's other fields, and before its lease.
          guard start >= message.lowerBound + 120, start + page.count + 16 <= message.upperBound else { continue }
          patch(at: start, bytes: page)
        }
      }
    }
  }
}

extension [BoltPageEncoder.Row] {
  /// As many of the rows as one page takes.
  fileprivate func filling(_ pageSize: Int) -> [BoltPageEncoder.Row] {
    var size = 16
    return filter { row in
      let rowSize = 16 + row.key.count + row.value.count
      guard size + rowSize <= pageSize else { return false }
      size += rowSize
      return true
    }
  }
}
