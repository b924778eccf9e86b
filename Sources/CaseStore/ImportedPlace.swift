import ByteViews
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// The etcd prefix of an object, which an export does not have: it follows from the key and the name.
enum ImportedPlace {
  static func place(of object: CaseObject) -> RowPlace {
    RowPlace(resource: object.resource, prefix: object.key.flatMap { prefix(of: $0.bytes, object) })
  }

  private static func prefix(of key: [UInt8], _ object: CaseObject) -> EtcdPrefix? {
    for end in key.indices where key[end] == UInt8(ascii: "/") {
      let prefix = EtcdPrefix(bytes: Array(key[..<end]))
      guard prefix.bytes.count == end,
        let path = ResourcePath(key: key.rawSpan, prefixBytes: end, tree: StorageTree(below: prefix))
      else { continue }
      func text(_ range: Range<Int>?) -> String? { range.map { EtcdKey(bytes: Array(key[$0])).description } }
      if text(path.namespace) == object.namespace, text(path.name) == object.name,
        object.resource == nil || path.resource(in: key.rawSpan)?.description == object.resource
      {
        return prefix
      }
    }
    return nil
  }
}
