import EtcdStorage
import KubernetesStorage
import SnapshotReading
import VerificationModel

extension RowAssessment {
  /// Finds live encrypted values that were last written too long ago for the policy, or of which nobody can tell: once for
  /// each resource and key. O(candidates).
  mutating func noteOldWrites() {
    guard policy.layers.contains(.live), policy.demands.contains(where: { $0.lastWrite != nil }) else { return }
    var counts: [AgedKey: (old: Int, unknown: Int)] = [:]
    for (_, candidate) in CountedRows(of: store, comparison) where candidate.isLive {
      guard let key = identity(of: candidate.kind), let resource = resource(of: candidate),
        let group = store.list.resources[candidate.place.resource].groupResource,
        let limit = policy.demand(on: group)?.lastWrite
      else { continue }
      let clock = store.list.clocks.first { $0.moment == limit.since.start }
      let age = clock?.age(of: candidate.revision.main) ?? .unknown
      guard age != .since else { continue }
      let (old, unknown) = counts[AgedKey(resource: resource, key: key, limit: limit), default: (0, 0)]
      counts[AgedKey(resource: resource, key: key, limit: limit)] =
        age == .before ? (old + 1, unknown) : (old, unknown + 1)
    }
    for (aged, count) in counts {
      if count.old > 0 { findings.append(finding(about: aged, old: count.old)) }
      if count.unknown > 0 { findings.append(finding(about: aged, unknown: count.unknown)) }
    }
  }

  /// A key under which values of a resource were last written.
  private struct AgedKey: Hashable {
    let resource: String
    let key: KeyIdentity
    let limit: EncryptionDemand.Limit
  }

  private func finding(about aged: AgedKey, old count: Int) -> Finding {
    let values = count == 1 ? "1 live value" : "\(count) live values"
    let (were, key) = (count == 1 ? "was" : "were", label(of: aged.key))
    return finding(
      about: aged, "older-than-policy",
      """
      \(values) of \(.resource, aged.resource) under \(key) \(were) last written before \(aged.limit.since), and the policy \
      allows \(aged.limit.days) days
      """)
  }

  private func finding(about aged: AgedKey, unknown count: Int) -> Finding {
    let values = count == 1 ? "1 live value" : "\(count) live values"
    let (were, key) = (count == 1 ? "was" : "were", label(of: aged.key))
    return finding(
      about: aged, "age-unknown",
      """
      nothing in the snapshot tells whether \(values) of \(.resource, aged.resource) under \(key) \(were) written since \
      \(aged.limit.since), as the policy wants
      """)
  }

  private func finding(about aged: AgedKey, _ reason: String, _ text: MarkedText) -> Finding {
    var finding = Finding(.staleKey, marked: text, severity: .high)
    finding.resource = aged.resource
    finding.provider = aged.key.provider.rawValue
    finding.keyName = name(aged.key.name)
    finding.keyID = name(aged.key.keyID)
    finding.reason = reason
    return finding
  }

  private func label(of key: KeyIdentity) -> MarkedText {
    "\(key.provider.rawValue):\(.encryptionKey, name(key.name) ?? "")"
  }
}
