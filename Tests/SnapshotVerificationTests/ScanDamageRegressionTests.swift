import KubernetesStorage
import TestSupport
import Testing

@testable import VerificationModel

@Suite("What differential fuzzing found")
struct ScanDamageRegressionTests {
  /// The objects of `services` lie in `services/specs`, and what lies elsewhere in `services` goes by the same name.
  @Test("Directories of one resource share an entry")
  func directories() throws {
    let value = StoredSecret.plaintext()
    var operations = [
      EtcdWriter.Operation.put(
        "/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))
    ]
    operations += ["services/specs", "services/other"].map { .put("/registry/\($0)/default/a", value) }
    for _ in 0..<4 {
      let harness = try ScanHarness(
        BoltWriter().image(EtcdWriter(.v36, operations).root).bytes, Policy.rows(resources: [.all], hash: .skipped))
      #expect(harness.differences() == [])
      let names = harness.expected.resources.map { "\($0.prefix) \($0.resource)" }
      #expect(Set(names).count == names.count)
    }
  }
}
