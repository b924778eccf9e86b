import EtcdStorage

@testable import ByteViews
@testable import KubernetesStorage

/// Keys of etcd, and what they tell of an object. Several lie in one input, with line feeds between them.
enum EtcdKeyTarget: FuzzTarget {
  static let name = "keys"
  static let summary = "etcd keys: paths inside the key, prefixes before it, names without loss"
  static let longestInput = 2048
  static let words = FuzzSeeds.words(
    "/registry", "/kubernetes.io", "/secrets/", "/configmaps/", "/apps/", "/acme.io/widgets/",
    "/namespaces/kube-system",
    "/masterleases/", "/services/specs/", "/bootstrap/0a1b", "/clusters/blue", "/kube-apiserver-")

  static func seeds() -> [[UInt8]] {
    [
      "/registry/secrets/default/a\n/registry/namespaces/kube-system\n/registry/configmaps/kube-system/b",
      "/kubernetes.io/secrets/default/a\n/openshift.io/oauth/clients/c\n/k0s/registry/secrets/x/y",
      "/registry/acme.io/widgets/default/w\n/registry/apiextensions.k8s.io/customresourcedefinitions/widgets.acme.io",
      "/registry/services/specs/default/kubernetes\n/registry/masterleases/10.0.0.1\n/registry/pods/kube-system/p\n//\n/",
    ].map { Array($0.utf8) }
  }

  static func complaints(about bytes: [UInt8]) -> [String] {
    var complaints = Complaints()
    var table = PrefixTable()
    let namespace = StoredValues.namespace
    for key in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init) {
      let text = EtcdKey(bytes: key).description
      complaints.expect(unescaped(text) == key, "\(text) is not the key")
      complaints.expect(text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(text) is not printable")
      _ = table.passesOver(key.rawSpan)
      for candidate in table.observe(key: key.rawSpan, value: namespace.rawSpan) {
        complaints.expect(candidate.prefixBytes <= key.count, "a prefix is longer than its key")
        if let prefix = table.prefix(candidate.id) {
          complaints.expect(key.starts(with: prefix.bytes), "\(prefix) does not stand before \(text)")
        }
        complaints.list(pathComplaints(key, prefixBytes: candidate.prefixBytes, candidate.tree))
      }
      for prefixBytes in [0, 9, key.count / 2] where prefixBytes <= key.count {
        complaints.list(pathComplaints(key, prefixBytes: prefixBytes, .kubernetes))
      }
      _ = APIServerLease.isKey(key.rawSpan)
      _ = BootstrapData.isKey(key.rawSpan)
    }
    complaints.expect(table.prefixes().count <= PrefixTable.capacity, "too many prefixes are kept")
    _ = table.resolve()
    return complaints.list
  }

  private static func pathComplaints(_ key: [UInt8], prefixBytes: Int, _ tree: StorageTree) -> [String] {
    guard let path = ResourcePath(key: key.rawSpan, prefixBytes: prefixBytes, tree: tree) else { return [] }
    var complaints = Complaints()
    for range in [path.namespace, path.name] {
      complaints.expect(range, in: key.count, "a part of a path")
      complaints.expect(range.map { !$0.isEmpty && $0.lowerBound > prefixBytes } ?? true, "an empty part of a path")
    }
    complaints.expect(path.name.upperBound, equals: key.count, "where the name ends")
    if let namespace = path.namespace {
      complaints.expect(namespace.upperBound < path.name.lowerBound, "a namespace behind its name")
      complaints.expect(!key[namespace].contains(0x2F), "a slash in a namespace")
    }
    _ = path.resource(in: key.rawSpan)
    return complaints.list
  }

  private static func unescaped(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
