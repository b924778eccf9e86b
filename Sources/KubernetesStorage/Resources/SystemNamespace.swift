import ByteViews

/// The namespaces that every API server creates when it starts, and creates again when they are missing (Kubernetes,
/// pkg/controlplane/controller/systemnamespaces): their keys tell where its prefix ends.
enum SystemNamespace {
  /// The length of the prefix below which `key`, which must not be empty, is a system namespace; nil when it is none.
  static func prefixBytes(of key: RawSpan) -> Int? {
    guard let path = path(endingIn: key.byte(at: key.byteCount - 1)) else { return nil }
    let prefixBytes = key.byteCount - path.utf8CodeUnitCount
    return prefixBytes >= 0 && key.holds(path, at: prefixBytes) ? prefixBytes : nil
  }

  /// The names end in four different letters, so that one byte rules out most keys.
  private static func path(endingIn letter: UInt8) -> StaticString? {
    switch letter {
    case UInt8(ascii: "m"): "/namespaces/kube-system"
    case UInt8(ascii: "t"): "/namespaces/default"
    case UInt8(ascii: "c"): "/namespaces/kube-public"
    case UInt8(ascii: "e"): "/namespaces/kube-node-lease"
    default: nil
    }
  }
}
