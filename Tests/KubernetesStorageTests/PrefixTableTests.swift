import KubernetesStorage
import Testing

@Suite struct PrefixTableTests {
  // MARK: Candidates of a key

  @Test(arguments: [
    ("/registry/secrets/ns/n", ["/registry"]),
    ("/registry/secrets/kube-system/a/b", ["/registry"]),
    ("/registry/secrets/n", ["/registry"]),
    ("/secrets/ns/n", ["/"]),
    ("/kubernetes.io/secrets/ns/n", ["/kubernetes.io"]),
    ("/clusters/prod/registry/secrets/ns/n", ["/clusters/prod/registry"]),
    ("/registry/secrets/secrets/n", ["/registry", "/registry/secrets"]),
    ("/registry/pods/secrets/p", ["/registry/pods"]),
    ("/registry/services/specs/secrets/x", ["/registry/services/specs"]),
    ("/registry/acme.io/secrets/ns/n", ["/registry/acme.io"]),
    ("/registry/secretsx/ns/n", []),
    ("/registry/secrets.acme.io/sealedthings/ns/n", []),
    ("/registry/configmaps/namespaces/kube-system", []),
    ("/registry/secrets/", []),
    ("/registry/secrets", []),
    ("/registry//secrets/ns/n", []),
    ("/registry/../secrets/ns/n", []),
    ("registry/secrets/ns/n", []),
    ("compact_rev_key", []),
    ("/secrets/", []),
    ("/", []),
    ("", []),
  ])
  func keyIsTriedBelowEveryPrefixThatMakesItASecret(key: String, prefixes: [String]) {
    var table = PrefixTable()
    let candidates = table.observe(key, sealed)
    #expect(candidates.map { table.prefix($0.id)?.description } == prefixes)
    #expect(candidates.allSatisfy { table.prefix($0.id)?.bytes.count == $0.prefixBytes })
    #expect(!table.overflowed)
  }

  @Test func samePrefixKeepsItsID() {
    var table = PrefixTable()
    let first = table.observe("/a/secrets/ns/n", sealed)
    _ = table.observe("/b/secrets/ns/n", sealed)
    #expect(first.map(\.id) == table.observe("/a/secrets/ns/other", "").map(\.id))
  }

  @Test func keysNeedNotBeText() {
    var table = PrefixTable()
    let key: [UInt8] = [0x2F, 0xFF, 0x00] + Array("/secrets/".utf8) + [0xC0, 0x2F, 0xFE]
    _ = table.observe(key, Array(sealed.utf8))
    #expect(table.prefixes().map(\.description) == ["/%FF%00"])
  }

  @Test func prefixesUpTo512BytesAreFound() {
    var table = PrefixTable()
    for length in [512, 513] {
      let prefix = "/" + String(repeating: "p", count: length - 1)
      let candidates = table.observe(prefix + "/secrets/ns/n", sealed)
      _ = table.observe(prefix + "/namespaces/default")
      #expect(candidates.count == (length == 512 ? 1 : 0))
    }
    #expect(table.prefixes().map(\.bytes.count) == [512])
  }

  // MARK: What makes a prefix real

  @Test(arguments: ["kube-system", "default", "kube-public", "kube-node-lease"])
  func systemNamespaceProvesItsPrefix(namespace: String) {
    for prefix in ["/registry", "/kubernetes.io", "/clusters/prod/registry", "/tenants/a.example/etcd"] {
      #expect(real(["\(prefix)/namespaces/\(namespace)"]) == [prefix])
    }
    #expect(real(["/namespaces/\(namespace)"]) == ["/"])
  }

  @Test(arguments: [
    "/registry/namespaces/team-a", "/registry/namespaces/default/x", "/registry/namespaces/", "/registry/namespaces",
    "/registry/namespacesx/default", "/registry/default", "registry/namespaces/default", "namespaces/default",
    "/registry//namespaces/default", "/namespaces/defaul", "default", "t",
  ])
  func otherKeysProveNothing(key: String) {
    #expect(real([key]).isEmpty)
  }

  @Test(arguments: [
    "k8s:enc:aescbc:v1:key1:…", "k8s\0\n\u{0C}\n\u{02}v1\u{12}\u{06}Secret",
    #"{"kind":"Secret","apiVersion":"v1","metadata":{}}"#,
    #"{"apiVersion" : "v1", "kind" :\#n "Secret"}"#,
    #"{"kind":"List","kind":"Secret","apiVersion":"v1"}"#,
  ])
  func secretsAreEvidenceWhereNoNamespacesAre(value: String) {
    #expect(real([("/registry/secrets/ns/n", value)]) == ["/registry"])
    #expect(real([("/secrets/ns/n", value)]) == ["/"])
    #expect(real([("/clusters/prod/registry/secrets/ns/n", value)]) == ["/clusters/prod/registry"])
  }

  @Test(arguments: [
    "", "k8", "{}", "text", #"{"id":"1","uri":"http://vault"}"#,
    #"{"kind":"Secret","apiVersion":"acme.io/v1"}"#, #"{"kind":"SecretStore","apiVersion":"v1"}"#,
    #"{"kind" "Secret","apiVersion":"v1"}"#, #"["kind":"Secret","apiVersion":"v1"]"#,
    #"{"\"kind\":\"Secret\",\"apiVersion\":\"v1\""}"#, #"{"kind":"#,
  ])
  func foreignValuesAreNoEvidence(value: String) {
    #expect(real([("/apisix/secrets/vault/1", value)]).isEmpty)
  }

  @Test(arguments: ["garbage", "", #"{"kind":"Vault"}"#])
  func belowTheWellKnownPrefixesThePathIsEnough(value: String) {
    #expect(real([("/registry/secrets/ns/n", value)]) == ["/registry"])
    #expect(real([("/kubernetes.io/secrets/ns/n", value)]) == ["/kubernetes.io"])
    #expect(real([("/registry/secrets/n", value)]).isEmpty)
  }

  @Test(arguments: [(4096, ["/q"]), (4097, [])])
  func jsonIsSearchedFor4096Bytes(end: Int, prefixes: [String]) {
    let head = #"{"apiVersion":"v1","x":""#
    let tail = #"","kind":"Secret""#
    let value = head + String(repeating: "x", count: end - head.utf8.count - tail.utf8.count) + tail + "}"
    #expect(real([("/q/secrets/ns/n", value)]) == prefixes)
  }

  @Test(arguments: [
    "/q/secrets/n", "/q/secrets/c/ns/a/b", "/q/secrets/ns/", "/q/secrets//n", "/q/secrets/c//n", "/q/secrets/c/ns/",
    "/q/secretsx/ns/n",
  ])
  func onlyNamespaceAndNameAreEvidence(key: String) {
    #expect(real([(key, sealed)]).isEmpty)
  }

  @Test(arguments: ["/registry/core", "/q", "/clusters/prod/core"])
  func keysOfSeveralClustersAreEvidence(prefix: String) {
    let key = "\(prefix)/secrets/root:ws/default/a"
    #expect(real([key]) == [prefix])
    #expect(real(["/registry/namespaces/default", key]).contains(prefix))
    #expect(real([(key, "garbage")]).isEmpty)
  }

  @Test(arguments: [
    "/registry/acme.io/secrets/root:ws/default/a", "/registry/secrets.acme.io/root:ws/secrets/a",
    "/registry/core/configmaps/root:ws/secrets/a",
  ])
  func customResourcesOfSeveralClustersAreNone(key: String) {
    #expect(real([key]).isEmpty)
    #expect(real(["/registry/namespaces/default", key]) == ["/registry"])
  }

  @Test func evidenceMayComeInAnyOrder() {
    var table = PrefixTable()
    let early = table.observe("/q/secrets/ns/n", "garbage")
    #expect(table.resolve().isEmpty)
    _ = table.observe("/q/namespaces/default")
    #expect(table.resolve() == early.map(\.id))
    _ = table.observe("/q/secrets/ns/n", "garbage")
    #expect(table.resolve() == early.map(\.id))
  }

  @Test func severalClustersMayShareAStore() {
    let keys = [
      "/registry/namespaces/default", "/registry/tenant-a/namespaces/kube-system", "/registry/secrets/ns/n",
      "/registry/tenant-a/secrets/ns/n", "/registry/tenant-b/secrets/ns/n", "/other/namespaces/kube-public",
      "/openshift.io/routes/ns/n",
    ]
    #expect(real(keys) == ["/other", "/registry", "/registry/tenant-a", "/registry/tenant-b"])
  }

  // MARK: What only looks like a prefix

  @Test(arguments: [
    "/registry/pods/secrets/p", "/registry/secrets/secrets/n", "/registry/secrets/secrets/secrets/n",
    "/registry/services/specs/secrets/x", "/registry/configmaps/secrets/secrets/n",
    "/registry/acme.io/secrets/ns/n", "/registry/acme.io/widgets/secrets/n",
    "/registry/masterleases/secrets/a/b", "/registry/configmaps/namespaces/kube-system",
    "/registry/secrets/namespaces/default", "/registry/namespaces/namespaces/default",
    "/registry/services/endpoints/namespaces/default", "/registry/acme.io/namespaces/default",
    "/registry/acme.io/widgets/namespaces/default",
  ])
  func resourceDirectoryIsNoPrefix(key: String) {
    #expect(real(["/registry/namespaces/default", key]) == ["/registry"])
    #expect(real([key, "/registry/namespaces/default"]) == ["/registry"])
    #expect(real(["/namespaces/default", key.replacingPrefix("/registry", with: "")]) == ["/"])
    let nested = key.replacingPrefix("/registry", with: "/registry/tenant-a")
    #expect(real(["/registry/tenant-a/namespaces/default", nested]) == ["/registry/tenant-a"])
  }

  @Test(arguments: [
    "/registry/acme.io/secrets/ns/n", "/registry/pods/secrets/ns/n", "/a/b/secrets.acme.io/secrets/ns/n",
  ])
  func resourceDirectoryIsKnownByItsNameWhereNoNamespacesAre(key: String) {
    #expect(real([key]).isEmpty)
  }

  @Test func resourceDirectoryBelowAPrefixWithoutNamespacesIsNone() {
    let keys = ["/registry/secrets/ns/n", "/registry/acme.io/widgets/secrets/ns/n", "/registry/tenant-a/secrets/ns/n"]
    #expect(real(keys) == ["/registry", "/registry/tenant-a"])
  }

  @Test func singleSegmentMayHaveADot() {
    #expect(real(["/kubernetes.io/secrets/ns/n"]) == ["/kubernetes.io"])
    #expect(real(["/cluster.example/secrets/ns/n"]) == ["/cluster.example"])
  }

  @Test func prefixesBelowTheRootStay() {
    let keys = [
      "/namespaces/default", "/secrets/ns/n", "/registry/namespaces/default", "/kubernetes.io/secrets/ns/n",
      "/clusters/prod/registry/secrets/ns/n", "/acme.io/secrets/ns/n", "/acme.io/namespaces/default",
      "/pods/namespaces/default",
    ]
    #expect(real(keys) == ["/", "/clusters/prod/registry", "/kubernetes.io", "/registry"])
  }

  // MARK: The given prefix

  @Test(arguments: ["/registry", "registry", "/registry/", "registry/"])
  func givenPrefixIsTheOnlyOne(text: String) {
    var table = PrefixTable(given: EtcdPrefix(text))
    #expect(table.prefixes() == [EtcdPrefix("/registry")])
    #expect(table.observe("/registry/secrets/ns/n").map(\.prefixBytes) == [9])
    #expect(table.observe("/registry/secrets/ns/n").map(\.id) == table.resolve())
    let others = [
      "/kubernetes.io/secrets/ns/n", "/regist/ry/secrets/n", "/Registry/secrets/ns/n", "/registry/pods/secrets/p",
      "/registry/secrets/", "/registry", "",
    ]
    let given = table.resolve()
    for key in others {
      #expect(table.observe(key, sealed).allSatisfy { !given.contains($0.id) })
    }
    _ = table.observe("/other/namespaces/default")
    #expect(table.prefixes() == [EtcdPrefix("/registry")])
    #expect(!table.overflowed)
  }

  @Test func givenPrefixMayLookLikeADirectoryOrBeTheRoot() {
    var pods = PrefixTable(given: EtcdPrefix("/registry/pods"))
    #expect(pods.observe("/registry/pods/secrets/p").count == 1)
    var root = PrefixTable(given: EtcdPrefix("/"))
    #expect(root.observe("/secrets/ns/n").map(\.prefixBytes) == [0])
    #expect(root.observe("/registry/secrets/ns/n").allSatisfy { !root.resolve().contains($0.id) })
    var long = PrefixTable(given: EtcdPrefix(String(repeating: "p", count: 70_000)))
    #expect(long.observe("/" + String(repeating: "p", count: 70_000) + "/secrets/ns/n").map(\.prefixBytes) == [70_001])
  }

  // MARK: Other scopes

  @Test(arguments: [
    ("configmaps", "/registry/configmaps/ns/n", ["/registry"]), ("configmaps", "/a/b/configmaps/ns/n", ["/a/b"]),
    ("configmaps", "/registry/secrets/ns/n", []), ("services", "/registry/services/specs/ns/n", ["/registry"]),
    ("services", "/registry/services/endpoints/ns/n", []), ("services", "/registry/services/ns/n", []),
    ("nodes", "/registry/minions/n", ["/registry"]), ("jobs.batch", "/registry/jobs/n", ["/registry"]),
    ("widgets.lab.example.com", "/q/lab.example.com/widgets/ns/n", ["/q"]),
    ("widgets.lab.example.com", "/q/lab.example.com/gadgets/ns/n", []),
    ("*.lab.example.com", "/q/lab.example.com/gadgets/n", ["/q"]),
    ("*.lab.example.com", "/q/x.lab.example.com/g/n", []),
    ("*.apps", "/registry/deployments/ns/n", ["/registry"]), ("*.apps", "/registry/pods/ns/n", []),
    ("*.", "/registry/pods/ns/n", ["/registry"]), ("*.", "/registry/deployments/ns/n", []),
    ("routes.route.openshift.io", "/openshift.io/routes/ns/n", ["/openshift.io"]),
    ("routes.route.openshift.io", "/registry/routes/ns/n", []),
    ("routes.route.openshift.io", "/tenant/openshift.io/routes/ns/n", ["/tenant/openshift.io"]),
    ("oauthaccesstokens.oauth.openshift.io", "/openshift.io/oauth/accesstokens/n", ["/openshift.io"]),
    ("*.*", "/registry/whatever/n", ["/registry"]), ("*.*", "/registry/acme.io/widgets/n", ["/registry"]),
    ("*.*", "/registry/ranges/serviceips", []), ("*.*", "/registry/masterleases/1.2.3.4", []),
    ("*.*", "/elsewhere/pods/ns/n", []),
  ])
  func keyIsHeldAgainstTheScope(pattern: String, key: String, prefixes: [String]) throws {
    var table = PrefixTable(scope: ResourceScope([try ResourcePattern(pattern)]))
    #expect(table.observe(key, sealed).map { table.prefix($0.id)?.description } == prefixes)
  }

  @Test func prefixOfEverythingMayBecomeKnownTooLate() {
    var table = PrefixTable(scope: .everything)
    #expect(table.observe("/q/pods/ns/n", sealed).isEmpty)
    _ = table.observe("/q/namespaces/default")
    #expect(table.observe("/q/pods/ns/n", sealed).map(\.prefixBytes) == [2])
    #expect(!table.isComplete)
    var second = table.forAnotherPass()
    #expect(second.isComplete)
    #expect(second.observe("/q/pods/ns/n", sealed).map(\.prefixBytes) == [2])
    #expect(second.observe("/r/pods/ns/n", sealed).isEmpty)
    #expect(second.prefixes() == [EtcdPrefix("/q")])
  }

  @Test func prefixOfEverythingMayBeKnownInTime() {
    var table = PrefixTable(scope: .everything)
    for key in ["/q/namespaces/default", "/registry/pods/ns/n", "/q/pods/ns/n", "/registry/namespaces/default"] {
      _ = table.observe(key, sealed)
    }
    #expect(table.isComplete)
    #expect(table.prefixes().map(\.description) == ["/q", "/registry"])
  }

  @Test func directoryThatIsKnownGoesBeforeOneThatIsNot() {
    var table = PrefixTable(scope: .everything)
    for prefix in ["/registry", "/registry/tenant"] { _ = table.observe(prefix + "/namespaces/default") }
    #expect(table.observe("/registry/tenant/pods/ns/n", sealed).map(\.prefixBytes) == [16, 9])
    #expect(table.observe("/registry/whatever/ns/n", sealed).map(\.prefixBytes) == [9])
  }

  @Test func prefixWithoutEvidenceIsIncompleteOnceOthersWereTurnedAway() {
    var table = PrefixTable()
    for number in 0..<200 { _ = table.observe("/registry/acme.io/kind\(number)/secrets/n", "{}") }
    #expect(table.isComplete)
    _ = table.observe("/q/namespaces/default")
    #expect(!table.isComplete)
  }

  @Test func prefixesThatExistAreToldBesideTheOneGiven() {
    var table = PrefixTable(given: EtcdPrefix("/nowhere"))
    _ = table.observe("/q/namespaces/default")
    _ = table.observe("/registry/secrets/ns/n", sealed)
    #expect(table.prefixes() == [EtcdPrefix("/nowhere")])
    #expect(table.realPrefixes().map(\.description) == ["/q", "/registry"])
  }

  // MARK: Hostile stores

  @Test func hundredPlausiblePrefixesOverflow() {
    var table = PrefixTable()
    for number in 0..<100 { _ = table.observe("/p\(number)/secrets/ns/n", sealed) }
    #expect(table.overflowed)
    // The three well-known ones have no evidence here.
    #expect(table.prefixes().count == PrefixTable.capacity - 3)
    #expect(table.observe("/registry/secrets/ns/n", "garbage").count == 1)
    #expect(table.observe("/p99/secrets/ns/n", sealed).isEmpty)
  }

  @Test func provenPrefixesTakeThePlaceOfOthers() {
    for value in ["garbage", sealed] {
      var table = PrefixTable()
      var ids: Set<PrefixTable.ID> = []
      for number in 0..<100 {
        ids.formUnion(table.observe("/fake\(number)/secrets/ns/n", value).map(\.id))
      }
      for number in 0..<40 { _ = table.observe("/proven\(number)/namespaces/default") }
      let proven = table.prefixes().filter { $0.description.hasPrefix("/proven") }
      #expect(proven.count == 40)
      #expect(table.overflowed)
      // Ids of prefixes that lost their place are not those of the new ones.
      #expect(ids.count == 61)
      #expect(ids.filter { table.prefix($0) != nil }.count == 21)
      #expect(ids.compactMap(table.prefix).allSatisfy { $0.description.hasPrefix("/fake") })
    }
  }

  @Test func idsStayApartThroughEveryEviction() {
    var table = PrefixTable()
    var names: [PrefixTable.ID: String] = [:]
    let rounds = [("/secrets/n", ""), ("/secrets/ns/n", ""), ("/secrets/ns/n", sealed), ("/namespaces/default", "")]
    for (round, row) in rounds.enumerated() {
      for number in 0..<100 {
        let prefix = "/r\(round)-\(number)"
        _ = table.observe(prefix + row.0, row.1)
        for candidate in table.observe(prefix + "/secrets/n") {
          #expect(names.updateValue(prefix, forKey: candidate.id) == nil)
        }
      }
    }
    #expect(table.prefixes().count == PrefixTable.capacity - 3)
    #expect(table.prefixes().allSatisfy { $0.description.hasPrefix("/r3-") })
  }

  @Test func namespaceCalledSecretsIsNoOverflow() {
    var table = PrefixTable()
    for number in 0..<200 { _ = table.observe("/registry/acme.io/kind\(number)/secrets/n", "{}") }
    _ = table.observe("/clusters/prod/registry/namespaces/default")
    let candidates = table.observe("/clusters/prod/registry/secrets/ns/n", sealed)
    #expect(!table.overflowed)
    #expect(table.resolve() == candidates.map(\.id))
  }

  @Test func keyOfManyCandidatesOverflows() {
    var table = PrefixTable()
    let candidates = table.observe(String(repeating: "/secrets", count: 50) + "/ns/n", sealed)
    #expect(candidates.map(\.prefixBytes) == [0, 8, 16, 24])
    #expect(table.overflowed)
  }

  @Test(
    .timeLimit(.minutes(20)),
    arguments: ["/", "/secrets", "a", "/secrets/a", "//secrets", "/namespaces/default", "\"", "\"kind\" "])
  func hugeKeysAndValuesTakeLinearTime(piece: String) {
    let huge = Array(("/" + String(repeating: piece, count: 4_000_000 / piece.utf8.count)).utf8)
    var table = PrefixTable()
    for _ in 0..<20 {
      _ = table.observe(huge, Array(sealed.utf8))
      _ = table.observe(Array("/q/secrets/ns".utf8) + huge, huge)
      _ = table.observe(Array("/q/secrets/ns/n".utf8), [0x7B] + huge)
    }
    #expect(table.prefixes().isEmpty)
  }

  // MARK: Helpers

  /// Prefixes that a store of these rows proves, all values being encrypted.
  private func real(_ keys: [String]) -> [String] {
    real(keys.map { ($0, sealed) })
  }

  private func real(_ rows: [(key: String, value: String)]) -> [String] {
    var table = PrefixTable()
    for row in rows { _ = table.observe(row.key, row.value) }
    #expect(table.resolve().compactMap { table.prefix($0) }.sorted() == table.prefixes())
    return table.prefixes().map(\.description)
  }
}

/// A value as the aescbc provider writes it.
private let sealed = "k8s:enc:aescbc:v1:key1:0123456789abcdef"

extension PrefixTable {
  fileprivate mutating func observe(_ key: String, _ value: String = "") -> Candidates {
    observe(Array(key.utf8), Array(value.utf8))
  }

  fileprivate mutating func observe(_ key: [UInt8], _ value: [UInt8]) -> Candidates {
    unsafe observe(key: key.span.bytes, value: value.span.bytes)
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
