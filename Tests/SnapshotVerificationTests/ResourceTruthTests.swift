import KubernetesStorage
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

@Suite("Every resource's counts agree with the truth")
struct ResourceTruthTests {
  /// The API server's own records, which no EncryptionConfiguration covers.
  private static let internalDirectories = ["ranges", "masterleases", "peerserverleases"]

  @Test("*.* covers everything but the API server's own records", arguments: SnapshotFixture.all)
  func everything(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let report = try Verifier(policy: Policy.rows(resources: [.all])).verify(path: fixture.path())
    var live = try truth.latest.byPrefix.mapValues { try Expectation.counts(of: $0.classes) }
    var history = try truth.history.supersededByPrefix.mapValues { try Expectation.counts(of: $0) }
    for directory in Self.internalDirectories {
      live = live.filter { !$0.key.hasSuffix("/\(directory)") }
      history = history.filter { !$0.key.hasSuffix("/\(directory)") }
    }
    let secrets = try Expectation(truth)
    for resource in report.resources {
      let directory = Self.directory(of: resource)
      let isTampered = truth.tampered != nil && resource.resource == "secrets"
      #expect(resource.live == (isTampered ? secrets.live : live[directory] ?? ClassCounts()), "\(directory)")
      #expect(resource.history == (isTampered ? secrets.history : history[directory] ?? ClassCounts()), "\(directory)")
    }
    #expect(Set(report.resources.map(Self.directory)) == Set(live.keys).union(history.keys))
    #expect(report.errors == [])
  }

  @Test("Resources named one by one are counted alone", arguments: SnapshotFixture.all)
  func oneByOne(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    for name in ["configmaps", "events", "services", "widgets.lab.example.com", "secrets.acme.io"] {
      let policy = Policy.rows(resources: [try ResourcePattern(name)], allowEmpty: true)
      let report = try Verifier(policy: policy).verify(path: fixture.path())
      let resource = try #require(report.resources.first)
      #expect(report.resources.map(\.resource) == [name])
      let directory = Self.directory(of: resource)
      #expect(resource.live == (try Expectation.counts(of: truth.latest.byPrefix[directory]?.classes ?? [:])))
      #expect(resource.history == (try Expectation.counts(of: truth.history.supersededByPrefix[directory] ?? [:])))
      #expect(report.unknownResources == [])
    }
  }

  @Test("Groups are counted whole", arguments: SnapshotFixture.all)
  func groups(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    for (pattern, directories) in [
      ("*.apps", ["deployments"]), ("*.acme.io", ["acme.io/secrets"]),
      ("*.rbac.authorization.k8s.io", ["clusterroles", "clusterrolebindings", "roles", "rolebindings"]),
    ] {
      let report = try Verifier(policy: Policy.rows(resources: [try ResourcePattern(pattern)])).verify(
        path: fixture.path())
      let total = truth.latest.byPrefix.reduce(0) { total, entry in
        total + (directories.contains { entry.key.hasSuffix("/" + $0) } ? entry.value.total : 0)
      }
      #expect(report.etcd?.liveKeysInScope == total, "\(pattern)")
      #expect(report.live.total == total)
    }
  }

  @Test("OpenShift's preset covers what its own encryption does")
  func openShift() throws {
    for fixture in SnapshotFixture.all where fixture.description.hasSuffix("15-openshift-prefix") {
      let truth = try fixture.truth()
      let report = try Verifier(policy: Policy.rows(resources: ResourcePattern.openShift)).verify(path: fixture.path())
      #expect(report.resources.map(\.resource) == ["configmaps", "secrets"])
      for resource in report.resources {
        #expect(
          resource.live == (try Expectation.counts(of: truth.latest.byPrefix[Self.directory(of: resource)]!.classes)))
      }
    }
  }

  /// Nothing in these snapshots is misplaced, nor do they hold keys: the ConfigMaps that quote an envelope's prefix, and
  /// the custom resources called Secret, are neither.
  @Test("No object is taken for a misplaced one", arguments: SnapshotFixture.all)
  func misplaced(_ fixture: SnapshotFixture) throws {
    for resources in [[ResourcePattern.resource(.secrets)], [.all]] {
      let report = try Verifier(policy: Policy.rows(resources: resources)).verify(path: fixture.path())
      #expect(report.findingCounts[.misplacedObject] == nil)
      #expect(report.findingCounts[.keysBesideData] == nil)
    }
  }

  /// Where the objects of the resource lie, such as `/registry/services/specs`.
  private static func directory(of resource: SnapshotReport.ResourceSummary) -> String {
    let parts = resource.resource.split(separator: ".", maxSplits: 1).map(String.init)
    let name = GroupResource(parts[0], group: parts.count > 1 ? parts[1] : "")
    return "\(resource.prefix)/\(ResourcePath.directory(of: name))"
  }
}
