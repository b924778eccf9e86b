import KubernetesStorage
import VerificationModel

/// A policy with a name.
struct NamedPolicy: CustomStringConvertible, Sendable {
  let description: String
  let policy: Policy

  private init(_ name: String, _ policy: Policy) {
    (description, self.policy) = (name, policy)
  }

  static let secrets = NamedPolicy("secrets", Policy.rows())
  static let everything = NamedPolicy("everything", Policy.rows(resources: [.all]))

  /// Policies that differ in what rows they look at.
  static let all = [
    secrets, everything,
    NamedPolicy(
      "configmaps and a group", Policy.rows(resources: [.resource(GroupResource("configmaps")), .group("apps")])),
    NamedPolicy("below a prefix", Policy.rows(etcdPrefix: EtcdPrefix("/registry"))),
    NamedPolicy("live values", Policy.rows(layers: [.live])),
    NamedPolicy("everything below a prefix", Policy.rows(resources: [.all], etcdPrefix: EtcdPrefix("/registry"))),
    NamedPolicy("a custom resource", Policy.rows(resources: [.resource(GroupResource("widgets", group: "acme.io"))])),
  ]
}
