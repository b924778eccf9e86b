/// The resources that somebody may have meant who named one that does not exist.
public enum ResourceSuggestion {
  /// How many are suggested.
  static let limit = 3

  /// The likely right spellings of `resource`, best first, at most three; none when it is right as it stands.
  ///
  /// Considered are the built-in resources and `custom`, the custom ones of the cluster, if known: a singular or kind
  /// instead of the plural, kubectl's short name, a group that is missing, former or another, and up to two typing errors in plural and group.
  /// O(number of resources).
  public static func spellings(like resource: GroupResource, custom: [GroupResource] = []) -> [GroupResource] {
    let meant = GroupResource(resource.resource.lowercased(), group: resource.group.lowercased())
    let candidates =
      BuiltInResource.all.map { Candidate($0.resource, formerGroups: $0.formerGroups) }
      + Set(custom).filter { BuiltInResource.of($0) == nil }.map { Candidate($0, formerGroups: []) }
    guard !candidates.contains(where: { $0.resource == resource }) else { return [] }
    return candidates.filter { $0.resource.group != ResourcePattern.removedGroup }
      .compactMap { candidate in candidate.distance(from: meant).map { ($0, candidate.resource) } }
      .sorted(by: <).prefix(limit).map(\.1)
  }
}

extension ResourceSuggestion {
  /// A resource that may have been meant.
  private struct Candidate {
    let resource: GroupResource
    let formerGroups: [String]

    init(_ resource: GroupResource, formerGroups: [String]) {
      self.resource = resource
      self.formerGroups = formerGroups
    }

    /// How far it is from what was written; nil when too far.
    func distance(from written: GroupResource) -> Int? {
      guard let name = nameDistance(from: written.resource) else { return nil }
      if let group = groupDistance(from: written.group) { return name + group }
      // A right name in an unrelated group.
      return name <= 1 ? name + 6 : nil
    }

    private func nameDistance(from written: String) -> Int? {
      if written == resource.resource { return 0 }
      if let meant = ResourceSuggestion.shortNames[written] { return meant == resource ? 0 : nil }
      if ResourceSuggestion.plurals(of: written).contains(resource.resource) { return 1 }
      return ResourceSuggestion.edits(from: written, to: resource.resource).map { 2 * $0 + 1 }
    }

    private func groupDistance(from written: String) -> Int? {
      if written == resource.group { return 0 }
      if written.isEmpty || formerGroups.contains(written) { return 1 }
      return ResourceSuggestion.edits(from: written, to: resource.group).map { 2 * $0 }
    }
  }

  /// What `kubectl api-resources` lists as short names (kubernetes pkg/registry, `ShortNames` of each storage).
  private static let shortNames: [String: GroupResource] = [
    "cm": GroupResource("configmaps"), "cs": GroupResource("componentstatuses"), "ep": GroupResource("endpoints"),
    "ev": GroupResource("events"), "limits": GroupResource("limitranges"), "no": GroupResource("nodes"),
    "ns": GroupResource("namespaces"), "po": GroupResource("pods"), "pv": GroupResource("persistentvolumes"),
    "pvc": GroupResource("persistentvolumeclaims"), "quota": GroupResource("resourcequotas"),
    "rc": GroupResource("replicationcontrollers"), "sa": GroupResource("serviceaccounts"),
    "svc": GroupResource("services"), "crd": GroupResource("customresourcedefinitions", group: "apiextensions.k8s.io"),
    "crds": GroupResource("customresourcedefinitions", group: "apiextensions.k8s.io"),
    "cj": GroupResource("cronjobs", group: "batch"),
    "csr": GroupResource("certificatesigningrequests", group: "certificates.k8s.io"),
    "deploy": GroupResource("deployments", group: "apps"), "ds": GroupResource("daemonsets", group: "apps"),
    "hpa": GroupResource("horizontalpodautoscalers", group: "autoscaling"),
    "ing": GroupResource("ingresses", group: "networking.k8s.io"),
    "netpol": GroupResource("networkpolicies", group: "networking.k8s.io"),
    "pc": GroupResource("priorityclasses", group: "scheduling.k8s.io"),
    "pdb": GroupResource("poddisruptionbudgets", group: "policy"), "rs": GroupResource("replicasets", group: "apps"),
    "sc": GroupResource("storageclasses", group: "storage.k8s.io"), "sts": GroupResource("statefulsets", group: "apps"),
  ]

  /// The plurals of a singular, as Kubernetes forms them.
  private static func plurals(of singular: String) -> [String] {
    let plurals = [singular + "s", singular + "es"]
    return singular.hasSuffix("y") ? plurals + [singular.dropLast() + "ies"] : plurals
  }

  /// How many typing errors lie between two names: letters left out, put in, exchanged for another or with their
  /// neighbour. Nil when there are more than two, or more than one for every three letters.
  private static func edits(from written: String, to right: String) -> Int? {
    let (written, right) = (Array(written.utf8), Array(right.utf8))
    let limit = min(2, written.count / 3)
    guard abs(written.count - right.count) <= limit else { return nil }
    // Three rows of the table of distances between all beginnings of the two names.
    var before: [Int] = []
    var above = Array(0...right.count)
    for row in written.indices {
      var current = [row + 1]
      for column in right.indices {
        let exchange = above[column] + (written[row] == right[column] ? 0 : 1)
        var least = min(exchange, above[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, written[row] == right[column - 1], written[row - 1] == right[column] {
          least = min(least, before[column - 1] + 1)
        }
        current.append(least)
      }
      (before, above) = (above, current)
    }
    return above[right.count] <= limit ? above[right.count] : nil
  }
}
