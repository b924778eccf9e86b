import TestSupport
import Testing

@testable import KubernetesStorage

@Suite struct ResourcePathTests {
  // MARK: Directories

  @Test(
    arguments: [
      ("/registry/secrets/team-a/db", "secrets", "team-a", "db"),
      ("/registry/secrets/secrets/secrets", "secrets", "secrets", "secrets"),
      ("/registry/services/specs/ns/web", "services", "ns", "web"),
      ("/registry/services/endpoints/ns/web", "endpoints", "ns", "web"),
      ("/registry/minions/node-1", "nodes", nil, "node-1"),
      ("/registry/controllers/ns/rc", "replicationcontrollers", "ns", "rc"),
      ("/registry/ingress/ns/web", "ingresses.networking.k8s.io", "ns", "web"),
      ("/registry/pods/ns/p", "pods", "ns", "p"),
      ("/registry/podtemplates/ns/p", "podtemplates", "ns", "p"),
      ("/registry/podsecuritypolicy/restricted", "podsecuritypolicies.policy", nil, "restricted"),
      ("/registry/clusterroles/system:node", "clusterroles.rbac.authorization.k8s.io", nil, "system:node"),
      ("/registry/namespaces/kube-system", "namespaces", nil, "kube-system"),
      ("/registry/apiregistration.k8s.io/apiservices/v1.apps", "apiservices.apiregistration.k8s.io", nil, "v1.apps"),
      (
        "/registry/apiextensions.k8s.io/customresourcedefinitions/widgets.acme.io",
        "customresourcedefinitions.apiextensions.k8s.io", nil, "widgets.acme.io"
      ),
      ("/registry/acme.io/widgets/ns/w", "widgets.acme.io", "ns", "w"),
      ("/registry/acme.io/widgets/w", "widgets.acme.io", nil, "w"),
      ("/registry/acme.io/secrets/ns/x", "secrets.acme.io", "ns", "x"),
      ("/registry/secrets.acme.io/sealedthings/ns/x", "sealedthings.secrets.acme.io", "ns", "x"),
      ("/registry/apiregistration.k8s.io/others/ns/x", "others.apiregistration.k8s.io", "ns", "x"),
      ("/registry/route.openshift.io/routes/ns/r", "routes.route.openshift.io", "ns", "r"),
      ("/openshift.io/routes/ns/r", "routes.route.openshift.io", "ns", "r"),
      ("/openshift.io/oauth/accesstokens/sha256~x", "oauthaccesstokens.oauth.openshift.io", nil, "sha256~x"),
      ("/openshift.io/useridentities/htpasswd:jo", "identities.user.openshift.io", nil, "htpasswd:jo"),
    ] as [(String, String, String?, String)])
  func directoryTellsTheResource(text: String, resource: String, namespace: String?, name: String) throws {
    let path = try #require(Path(text))
    #expect(path.resource?.description == resource)
    #expect(path.namespace == namespace)
    #expect(path.name == name)
  }

  @Test(
    arguments: [
      ("/registry/secretsx/ns/x", "secretsx", "ns", "x"),
      ("/registry/secret/ns/x", "secret", "ns", "x"),
      ("/registry/Secrets/ns/x", "Secrets", "ns", "x"),
      ("/registry/services/ns/x", "services", "ns", "x"),
      ("/registry/services/specsx/ns/x", "services", "specsx", "ns/x"),
      ("/registry/services/x", "services", nil, "x"),
      ("/registry/routes/ns/r", "routes", "ns", "r"),
      ("/registry/oauth/accesstokens/x", "oauth", "accesstokens", "x"),
      ("/openshift.io/secrets/ns/x", "secrets", "ns", "x"),
      ("/openshift.io/ranges/serviceips", "ranges", nil, "serviceips"),
      ("/registry//secrets/ns", "", "secrets", "ns"),
      ("/registry/acme.io//x", "acme.io", nil, "/x"),
    ] as [(String, String, String?, String)])
  func otherDirectoriesAreUnknown(text: String, directory: String, namespace: String?, name: String) throws {
    let path = try #require(Path(text))
    guard case .unknown(let range) = path.path.directory else {
      Issue.record("\(path.path)")
      return
    }
    #expect(path.text(range) == directory)
    #expect(path.resource == nil)
    #expect(path.namespace == namespace)
    #expect(path.name == name)
  }

  @Test(arguments: [
    ("/registry/ranges/serviceips", "ranges", "serviceips"),
    ("/registry/masterleases/10.0.0.1", "masterleases", "10.0.0.1"),
    ("/registry/peerserverleases/apiserver-x", "peerserverleases", "apiserver-x"),
    ("/registry/health/x/y", "health", "x/y"),
  ])
  func recordsOfTheAPIServerAreNoResource(text: String, directory: String, name: String) throws {
    let path = try #require(Path(text))
    guard case .internalRecord(let range) = path.path.directory else {
      Issue.record("\(path.path)")
      return
    }
    #expect(path.text(range) == directory)
    #expect(path.resource == nil)
    #expect(path.namespace == nil)
    #expect(path.name == name)
  }

  @Test(arguments: [
    "", "/", "registry", "/registry", "/registry/", "/registry/secrets", "/registry/secrets/", "/registry/minions/",
    "/registry/services", "/registry/services/", "/registry/services/specs", "/registry/services/specs/",
    "/registry/acme.io", "/registry/acme.io/", "/registry/acme.io/widgets", "/registry/acme.io/widgets/",
    "/registry/acme.io//", "/registry/apiregistration.k8s.io/apiservices", "/registry/ranges/", "/registry/health",
    "/registry/unknown", "/registry/unknown/", "/registrysecrets/ns/x", "compact_rev_key",
  ])
  func withoutANameThereIsNoPath(text: String) {
    // Except that a slash in place of the name is one.
    let expected = text == "/registry/acme.io//" ? "/" : nil
    #expect(Path(text)?.name == expected)
  }

  // MARK: Segments

  @Test(
    arguments: [
      ("secrets/db", nil, "db"), ("secrets/a/b/c", "a", "b/c"), ("secrets/a/", nil, "a/"), ("secrets//db", nil, "/db"),
      ("secrets//", nil, "/"), ("secrets/a//b", "a", "/b"), ("secrets/a/b/", "a", "b/"),
      ("minions/a/b", nil, "a/b"), ("minions//", nil, "/"), ("acme.io/widgets/a/b/c", "a", "b/c"),
      ("acme.io/widgets//b", nil, "/b"), ("acme.io/widgets/a/", nil, "a/"), ("unknown/a/b/c", "a", "b/c"),
      ("unknown//b", nil, "/b"), ("ranges/a/b", nil, "a/b"), ("services/specs/a/b/c", "a", "b/c"),
    ] as [(String, String?, String)])
  func namespaceIsAtMostOneSegmentAndNameTheRest(below: String, namespace: String?, name: String) throws {
    for prefix in ["/registry", "", "/a.b/c"] {
      let path = try #require(Path(prefix + "/" + below, prefixBytes: prefix.utf8.count))
      #expect(path.namespace == namespace)
      #expect(path.name == name)
    }
  }

  @Test(arguments: [Int.min, -1, 1, 8, 10, 27, 28, 1000, Int.max])
  func prefixOfAnotherLengthIsRefused(prefixBytes: Int) {
    #expect(Path("/registry/secrets/team-a/db", prefixBytes: prefixBytes) == nil)
  }

  @Test func namesNeedNotBeText() throws {
    let path = try #require(Path(Array("/registry/acme.io/".utf8) + [0xFF, 0x2F, 0x00, 0x2F, 0xC0]))
    #expect(path.path.namespace == 20..<21)
    #expect(path.path.name == 22..<23)
    #expect(path.resource == GroupResource("\u{FFFD}", group: "acme.io"))
  }

  @Test func longKeysAreReadInFull() {
    let name = String(repeating: "a", count: 3_000_000)
    for directory in ["secrets", "acme.io/widgets", "minions", name, name + ".io/" + name] {
      let path = Path("/registry/\(directory)/\(name)")
      #expect(path?.path.name.count == name.utf8.count)
    }
  }

  // MARK: The way back

  @Test(arguments: BuiltInResource.all)
  func builtInResourcesAreFoundAtTheirKeys(resource: BuiltInResource) throws {
    let names = resource.tree == .kubernetes ? ["/registry", "/", "/kubernetes.io", "/a/b"] : ["/openshift.io"]
    for prefix in names.map({ EtcdPrefix($0) }) {
      let namespace = resource.isNamespaced ? "team-a" : nil
      let key = ResourcePath.key(below: prefix, of: resource.resource, namespace: namespace, name: "one")
      let path = try #require(Path(key, prefixBytes: prefix.bytes.count, tree: StorageTree(below: prefix)))
      #expect(path.path.directory == BuiltInResource.of(resource.resource).map { .builtIn($0) })
      #expect(path.resource == resource.resource)
      #expect(path.namespace == namespace)
      #expect(path.name == "one")
    }
  }

  @Test func customResourcesAreFoundAtTheirKeys() throws {
    var random = SeededGenerator(seed: 7)
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-")
    func word() -> String {
      let count = Int.random(in: 1...20, using: &random)
      return String((0..<count).map { _ in letters[Int.random(in: letters.indices, using: &random)] })
    }
    for _ in 0..<500 {
      let resource = GroupResource(word(), group: word() + "." + word())
      let namespace = Bool.random(using: &random) ? word() : nil
      let name = word()
      let prefix = EtcdPrefix("/" + word())
      let key = ResourcePath.key(below: prefix, of: resource, namespace: namespace, name: name)
      let path = try #require(Path(key, prefixBytes: prefix.bytes.count))
      #expect(path.resource == resource)
      #expect(path.namespace == namespace)
      #expect(path.name == name)
    }
  }

  @Test(arguments: [
    (GroupResource("secrets"), "secrets"), (GroupResource("services"), "services/specs"),
    (GroupResource("ingresses", group: "networking.k8s.io"), "ingress"),
    (GroupResource("certificates", group: "cert-manager.io"), "cert-manager.io/certificates"),
    (GroupResource("routes", group: "route.openshift.io"), "routes"),
    (GroupResource("oauthaccesstokens", group: "oauth.openshift.io"), "oauth/accesstokens"),
    (GroupResource("secrets", group: "acme.io"), "acme.io/secrets"), (GroupResource("gadgets"), "gadgets"),
  ])
  func directoryIsThatOfTheResourcesAPIServer(resource: GroupResource, directory: String) {
    #expect(ResourcePath.directory(of: resource) == directory)
  }

  @Test func openShiftResourcesMayBeCustomOnes() {
    let routes = GroupResource("routes", group: "route.openshift.io")
    let key = ResourcePath.key(below: EtcdPrefix("/registry"), of: routes, namespace: "ns", name: "r")
    #expect(String(decoding: key, as: UTF8.self) == "/registry/route.openshift.io/routes/ns/r")
    #expect(Path(key)?.resource == routes)
  }

  @Test(arguments: [
    ("/openshift.io", StorageTree.openShift), ("/clusters/prod/openshift.io", .openShift), ("/registry", .kubernetes),
    ("/kubernetes.io", .kubernetes), ("/", .kubernetes), ("/myopenshift.io", .kubernetes),
    ("/openshift.io/registry", .kubernetes), ("/openshift.iox", .kubernetes),
  ])
  func lastSegmentOfThePrefixTellsTheTree(prefix: String, tree: StorageTree) {
    #expect(StorageTree(below: EtcdPrefix(prefix)) == tree)
  }

  // MARK: Hostile keys

  @Test(arguments: 0..<8)
  func rangesLieInTheKeyWhateverItIs(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = ["/", ".", "secrets", "services", "specs", "acme.io", "oauth", "accesstokens", "ranges", "minions"]
      .map { Array($0.utf8) }
    for _ in 0..<5_000 {
      var key: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        let isByte = Int.random(in: 0..<4, using: &random) == 0
        key += isByte ? random.bytes(1) : pieces[Int.random(in: pieces.indices, using: &random)]
      }
      for prefixBytes in -1...key.count + 1 {
        for tree in [StorageTree.kubernetes, .openShift] {
          guard let path = Path(key, prefixBytes: prefixBytes, tree: tree) else { continue }
          #expect(path.isWhole(prefixBytes))
        }
      }
    }
  }
}

/// A path with the key whose path it is.
private struct Path {
  let path: ResourcePath
  private let key: [UInt8]

  init?(_ key: [UInt8], prefixBytes: Int = 9, tree: StorageTree = .kubernetes) {
    guard let path = unsafe ResourcePath(key: key.span.bytes, prefixBytes: prefixBytes, tree: tree) else { return nil }
    self.path = path
    self.key = key
  }

  /// The path below `/registry` or `/openshift.io`.
  init?(_ text: String) {
    let isOpenShift = text.hasPrefix("/openshift.io/")
    self.init(
      Array(text.utf8), prefixBytes: isOpenShift ? 13 : 9, tree: isOpenShift ? .openShift : .kubernetes)
  }

  init?(_ text: String, prefixBytes: Int) {
    self.init(Array(text.utf8), prefixBytes: prefixBytes)
  }

  var resource: GroupResource? { unsafe path.resource(in: key.span.bytes) }
  var namespace: String? { path.namespace.map(text) }
  var name: String { text(path.name) }

  func text(_ range: Range<Int>) -> String { String(decoding: key[range], as: UTF8.self) }

  /// Whether directory, namespace and name follow each other from the prefix to the end of the key, slashes between.
  func isWhole(_ prefixBytes: Int) -> Bool {
    let last: Range<Int>
    switch path.directory {
    case .builtIn(let resource):
      let start = prefixBytes + 1
      last = start..<start + BuiltInResource[resource].directory.utf8.count
      guard text(last) == BuiltInResource[resource].directory else { return false }
    case .custom(let group, let plural):
      guard group.lowerBound == prefixBytes + 1, plural.lowerBound == group.upperBound + 1, !plural.isEmpty,
        key[group].contains(UInt8(ascii: "."))
      else { return false }
      last = plural
    case .internalRecord(let segment), .unknown(let segment):
      guard segment.lowerBound == prefixBytes + 1 else { return false }
      last = segment
    }
    let parts = [last] + (path.namespace.map { [$0] } ?? []) + [path.name]
    return !path.name.isEmpty && path.namespace?.isEmpty != true && path.name.upperBound == key.count
      && zip(parts, parts.dropFirst()).allSatisfy { part, next in
        next.lowerBound == part.upperBound + 1 && key[part.upperBound] == UInt8(ascii: "/")
      }
  }
}
