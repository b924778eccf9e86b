import TestSupport
import Testing
import VerificationModel

@Suite("The verdict follows the policy")
struct PolicyTests {
  private static let sealed = StoredSecret.sealed(.secretbox, "key1")
  private static let plain = StoredSecret.plaintext()

  /// A store whose worst finding has a severity.
  struct Store: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let worst: Severity?
    let rules: [Rule]
    let operations: [EtcdWriter.Operation]

    static let all = [
      Store(testDescription: "all encrypted", worst: nil, rules: [], operations: [.put(secretKey("a"), sealed)]),
      Store(
        testDescription: "a weak provider", worst: .low, rules: [.weakProvider],
        operations: [.put(secretKey("a"), StoredSecret.sealed(.aescbc, "key1"))]),
      Store(
        testDescription: "two keys", worst: .medium, rules: [.staleKey],
        operations: [.put(secretKey("a"), sealed), .put(secretKey("b"), StoredSecret.sealed(.secretbox, "key2"))]),
      Store(
        testDescription: "old plaintext", worst: .high, rules: [.plaintextHistory],
        operations: [.put(secretKey("a"), plain), .put(secretKey("a"), sealed)]),
      Store(
        testDescription: "a broken envelope", worst: .high, rules: [.malformedEnvelope],
        operations: [.put(secretKey("a"), "k8s:enc:secretbox:v1:key1:short")]),
      Store(
        testDescription: "an unknown provider", worst: .high, rules: [.unknownEnvelope],
        operations: [.put(secretKey("a"), "k8s:enc:rot13:v1:key1:" + String(repeating: "x", count: 64))]),
      Store(
        testDescription: "text", worst: .high, rules: [.unrecognizedValue],
        operations: [.put(secretKey("a"), "in clear")]),
      Store(
        testDescription: "an empty value", worst: .high, rules: [.unrecognizedValue],
        operations: [.put(secretKey("a"), "")]),
      Store(
        testDescription: "plaintext", worst: .critical, rules: [.plaintextLive],
        operations: [.put(secretKey("a"), plain)]),
      Store(
        testDescription: "plaintext JSON", worst: .critical, rules: [.plaintextLive],
        operations: [.put(secretKey("a"), StoredSecret.json)]),
    ]
  }

  /// What tells the prefix where no value does.
  private static let namespace: [EtcdWriter.Operation] = [
    .put("/registry/namespaces/kube-system", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))
  ]

  @Test(
    "A snapshot fails at the severity of its worst finding and below", arguments: Store.all,
    [.info, .low, .medium, .high, .critical, nil] as [Severity?])
  func failOn(_ store: Store, _ least: Severity?) throws {
    let report = try report(on: Self.namespace + store.operations, Policy.rows(failOn: least))
    let fails = least.flatMap { least in store.worst.map { $0 >= least } } ?? false
    #expect(report.rules == store.rules)
    #expect(report.findings.map(\.severity).max() == store.worst)
    #expect(report.verdict == (fails ? .fail : .pass))
    #expect(report.errors == [])
  }

  @Test("By default what is high fails", arguments: Store.all)
  func defaults(_ store: Store) throws {
    let report = try report(on: Self.namespace + store.operations)
    #expect(report.verdict == (store.worst.map { $0 >= .high } ?? false ? .fail : .pass))
  }

  // MARK: Scope

  private static let emptyStores: [[EtcdWriter.Operation]] = [
    [], [.put("foo", "bar")], [.put("/registry/pods/default/a", "x")], namespace,
  ]

  @Test(
    "A snapshot without Secrets fails at every severity", arguments: emptyStores,
    [.info, .critical, nil] as [Severity?])
  func nothingInScope(_ operations: [EtcdWriter.Operation], _ least: Severity?) throws {
    let report = try report(on: operations, Policy.rows(failOn: least))
    #expect(report.rules == [.nothingInScope])
    #expect(report.findings.map(\.severity) == [.high])
    #expect(report.verdict == .fail)
  }

  @Test("A snapshot without Secrets passes when that is allowed", arguments: emptyStores)
  func allowEmpty(_ operations: [EtcdWriter.Operation]) throws {
    let report = try report(on: operations, Policy.rows(failOn: .info, allowEmpty: true))
    #expect(report.rules == [])
    #expect(report.verdict == .pass)
  }

  @Test("Allowing no Secrets excuses none that are plaintext")
  func allowEmptyExcusesNothing() throws {
    let report = try report(on: [.put(secretKey("a"), Self.plain)], Policy.rows(allowEmpty: true))
    #expect(report.rules == [.plaintextLive])
    #expect(report.verdict == .fail)
  }

  // MARK: Layers

  private static let bothLayers: [EtcdWriter.Operation] = [
    .put(secretKey("a"), plain), .put(secretKey("a"), "text"), .put(secretKey("a"), sealed),
    .put(secretKey("b"), plain),
    .put(secretKey("c"), sealed), .put(secretKey("d"), StoredSecret.sealed(.secretbox, "key2")),
  ]

  @Test(
    "Only the layers asked for are judged",
    arguments: [
      ([.live], [.plaintextLive, .staleKey, .staleKey]), ([.history], [.unrecognizedValue, .plaintextHistory]),
      ([.live, .history], [.plaintextLive, .unrecognizedValue, .plaintextHistory, .staleKey, .staleKey]),
    ] as [(Set<Layer>, [Rule])])
  func layers(_ layers: Set<Layer>, _ rules: [Rule]) throws {
    let report = try report(on: Self.bothLayers, Policy.rows(layers: layers))
    #expect(report.rules == rules)
    #expect(Set(report.findings.compactMap(\.layer)) == layers)
    #expect(report.live.total == 4)
    #expect(report.history.total == 2)
  }

  @Test(
    "A history without a Secret passes where the store has Secrets; no layer at all is nothing in scope",
    arguments: [([.history], .pass), ([], .fail)] as [(Set<Layer>, Verdict)])
  func emptyLayer(_ layers: Set<Layer>, _ verdict: Verdict) throws {
    let report = try report(on: [.put(secretKey("a"), Self.sealed)], Policy.rows(layers: layers))
    #expect(report.rules == (verdict == .pass ? [] : [.nothingInScope]))
    #expect(report.verdict == verdict)
  }

  @Test("Deleted Secrets are something in scope, unless only what is live is asked for")
  func onlyHistory() throws {
    let operations: [EtcdWriter.Operation] = [.put(secretKey("a"), Self.sealed), .delete(secretKey("a"))]
    #expect(try report(on: operations).verdict == .pass)
    #expect(try report(on: operations, Policy.rows(layers: [.live])).rules == [.nothingInScope])
  }

  // MARK: Many snapshots

  @Test(
    "The verdict about several snapshots is the worst one",
    arguments: [
      ([], .error), ([.pass], .pass), ([.pass, .fail], .fail), ([.fail, .error, .pass], .error),
    ] as [([Verdict], Verdict)])
  func worst(_ verdicts: [Verdict], _ expected: Verdict) {
    let snapshots = verdicts.map { SnapshotReport(path: "a", file: .init(bytes: 1), verdict: $0) }
    #expect(Report(policy: Policy.rows(), snapshots: snapshots).verdict == expected)
  }

  @Test(
    "Each verdict has the exit status of the contract",
    arguments: [(.pass, 0), (.fail, 1), (.error, 3)] as [(Verdict, Int32)])
  func exitStatus(_ verdict: Verdict, _ status: Int32) {
    #expect(verdict.exitStatus == status)
  }
}
