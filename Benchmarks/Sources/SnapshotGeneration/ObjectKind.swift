/// The kinds of objects in a generated snapshot.
enum ObjectKind: Sendable {
  case configMap, event, lease, pod, secret

  /// What stands between `/registry/` and the namespace in the etcd key.
  var resource: String {
    switch self {
    case .configMap: "configmaps"
    case .event: "events"
    case .lease: "leases"
    case .pod: "pods"
    case .secret: "secrets"
    }
  }

  /// What an object in the clear says of itself.
  var apiVersion: String { self == .lease ? "coordination.k8s.io/v1" : "v1" }

  /// What an object in the clear says of itself.
  var name: String {
    switch self {
    case .configMap: "ConfigMap"
    case .event: "Event"
    case .lease: "Lease"
    case .pod: "Pod"
    case .secret: "Secret"
    }
  }
}
