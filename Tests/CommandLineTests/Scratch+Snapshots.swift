import Foundation
import TestSupport

extension Scratch {
  /// Writes an etcd snapshot in which `operations` were carried out; answers its path.
  func snapshot(_ name: String, _ operations: [EtcdWriter.Operation]) throws -> String {
    let image = BoltWriter().image(EtcdWriter(.v36, operations).root)
    return try path(name, Data(image.snapshot()))
  }
}

extension EtcdWriter.Operation {
  /// Stores a Secret as the API server does without encryption, in JSON. The value of its one data key is `canary`.
  static func plainSecret(_ key: String, dataKey: String = "password", canary: String = "CANARY-made") -> Self {
    let data = Data(canary.utf8).base64EncodedString()
    return .put(
      key,
      #"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"a"},"data":{"\#(dataKey)":"\#(data)"},"type":"Opaque"}"#)
  }

  /// Stores what has the structure of a Secret encrypted by secretbox.
  static func sealedSecret(_ key: String) -> Self {
    var random = SeededGenerator(seed: 1)
    return .put(key, Array("k8s:enc:secretbox:v1:key1:".utf8) + random.bytes(200))
  }
}
