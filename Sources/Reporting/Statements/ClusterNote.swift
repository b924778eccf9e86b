import VerificationModel

/// That snapshots of several clusters go by one name in a report, or may do so.
///
/// A code-scanning page knows a finding again by the name of the cluster, the resource and the fingerprint: it takes alike
/// findings in two clusters of one name for one alert.
public struct ClusterNote: CustomStringConvertible {
  /// The sentence, without a period.
  public let description: String

  /// What is to be said of `report`; nil where nothing is, as far as the snapshots tell.
  ///
  /// - Parameter isForCodeScanning: whether there is a file for a code-scanning page.
  public init?(on report: Report, isForCodeScanning: Bool) {
    if let name = report.policy.cluster {
      let clusters = Self.groups(of: report.snapshots.compactMap(\.cluster).filter { !$0.members.isEmpty })
      guard clusters > 1 else { return nil }
      description =
        "the snapshots are of \(clusters) clusters, which have no member in common, and reports call each of them "
        + "'\(name)': verify each cluster in a call of its own"
    } else {
      let nameless = report.snapshots.count { $0.etcd != nil && $0.cluster?.members.isEmpty != false }
      guard isForCodeScanning, nameless > 1 else { return nil }
      description =
        "\(nameless) snapshots name no member of their cluster, and SARIF takes them for one cluster: if they are of "
        + "several, verify each cluster in a call of its own, with --cluster"
    }
  }

  /// How many clusters there are, where those are one that may be the same at two times.
  private static func groups(of identities: [ClusterIdentity]) -> Int {
    var rest = Set(identities)
    var count = 0
    while let first = rest.popFirst() {
      count += 1
      var open = [first]
      while let identity = open.popLast() {
        let same = rest.filter { $0.mayBeSame(as: identity) }
        rest.subtract(same)
        open += same
      }
    }
    return count
  }
}
