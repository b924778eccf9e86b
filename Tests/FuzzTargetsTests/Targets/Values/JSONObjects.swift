import TestSupport

@testable import ByteViews
@testable import KubernetesStorage

/// JSON, as API servers store it and as people write it.
enum JSONObjects: ObjectEncoding {
  static let name = "json"
  static let words = FuzzSeeds.words(
    #""kind":"#, #""Secret""#, #""apiVersion":"#, #""v1""#, #""metadata":{"name":"a"}"#, #""data":{"a":"YQ=="}"#,
    #""stringData":"#, #""items":["#, #"\u0053"#, #"\ud83d\ude00"#, "null", "true", "false", "1e9", "-0.5", "\u{FEFF}")

  static func seeds() -> [[UInt8]] {
    FuzzSeeds.objects.filter { $0.first == UInt8(ascii: "{") && $0.count < 3000 } + [StoredSecret.json]
      + [
        #"{"kind":"List","apiVersion":"v1","items":[{"kind":"Secret","apiVersion":"v1"}]}"#,
        #"{"kind":"EncryptionConfiguration","resources":[{"aescbc":{"keys":[{"secret":"AAAAAAAAAAAAAAAAAAAAAA=="}]}}]}"#,
        #"{"type":"ADDED","object":{"kind":"Secret","apiVersion":"v1","data":{"a":"YQ=="}}}"#,
        #" [1, -2.5e+3, "aé\n", null, true, {"a":[]}] "#,
        #"{"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","spec":{"group":"a.b","names":{"kind":"C","plural":"cs"},"scope":"Namespaced"}}"#,
      ].map { Array($0.utf8) }
  }

  static func complaints(about value: [UInt8]) -> [String] {
    var complaints = Complaints()
    let fault = JSONSyntax.firstFault(in: value.rawSpan)
    complaints.expect((fault == nil) == PlainJSON.isOneValue(value), "JSON for one reader alone: \(fault as Any)")
    if let fault { complaints.expect(0...value.count ~= fault, "a fault at \(fault) of \(value.count)") }
    _ = JSONSyntax.text(of: "kind", in: value.rawSpan)
    return complaints.list
  }
}
