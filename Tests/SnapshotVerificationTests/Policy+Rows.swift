import KubernetesStorage
import VerificationModel

extension Policy {
  /// A policy that asks for the rows alone unless told otherwise: in tests, reading the residue too takes its time.
  static func rows(
    resources: [ResourcePattern] = [.resource(.secrets)], failOn: Severity? = .high,
    layers: Set<Layer> = [.live, .history], etcdPrefix: EtcdPrefix? = nil, allowEmpty: Bool = false,
    hash: HashRequirement = .verified, maximumFindings: Int = 10_000
  ) -> Policy {
    Policy(
      resources: resources, failOn: failOn, layers: layers, etcdPrefix: etcdPrefix, allowEmpty: allowEmpty, hash: hash,
      maximumFindings: maximumFindings)
  }
}
