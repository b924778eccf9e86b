/// The directories right below an etcd prefix in which an API server keeps its resources.
enum ResourceDirectory {
  /// Whether `segment` is such a directory: of a built-in resource, of the API server's own records, or of the custom
  /// resources of a group, whose name always has a dot.
  static func isName(_ segment: ArraySlice<UInt8>) -> Bool {
    segment.contains(UInt8(ascii: ".")) || builtIn.contains(String(decoding: segment, as: UTF8.self))
  }

  /// Kubernetes' storage path test (test/integration/etcd/data.go), and pkg/kubeapiserver's special prefixes.
  private static let builtIn: Set<String> = [
    // core
    "configmaps", "controllers", "events", "limitranges", "minions", "namespaces", "persistentvolumeclaims",
    "persistentvolumes", "pods", "podtemplates", "resourcequotas", "secrets", "serviceaccounts", "services",
    // apps, batch, autoscaling, policy
    "controllerrevisions", "cronjobs", "daemonsets", "deployments", "horizontalpodautoscalers", "jobs",
    "poddisruptionbudgets", "replicasets", "statefulsets",
    // networking, discovery, coordination
    "endpointslices", "ingress", "ingressclasses", "ipaddresses", "leasecandidates", "leases", "networkpolicies",
    "servicecidrs",
    // rbac, certificates
    "certificatesigningrequests", "clusterrolebindings", "clusterroles", "clustertrustbundles",
    "podcertificaterequests", "rolebindings", "roles",
    // admissionregistration, flowcontrol
    "flowschemas", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings", "mutatingwebhookconfigurations",
    "prioritylevelconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings",
    "validatingwebhookconfigurations",
    // node, scheduling, storage
    "csidrivers", "csinodes", "csistoragecapacities", "podgroups", "priorityclasses", "runtimeclasses",
    "storageclasses", "volumeattachments", "volumeattributesclasses", "workloads",
    // resource, storagemigration, internal.apiserver
    "deviceclasses", "devicetaintrules", "resourceclaims", "resourceclaimtemplates", "resourcepoolstatusrequests",
    "resourceslices", "storageversionmigrations", "storageversions",
    // removed, but found in old stores
    "podpresets", "podsecuritypolicies", "thirdpartyresourcedata", "thirdpartyresources",
    // no API objects
    "health", "masterleases", "peerserverleases", "ranges",
  ]
}
