extension BuiltInResource {
  /// What a kube-apiserver keeps.
  static let kubernetes = core + workloads + networking + access + extending + devicesAndStorage + removed

  private static let core = group(
    "", .kubernetes,
    [
      .namespaced("configmaps", "ConfigMap"),
      .namespaced("endpoints", "Endpoints", in: "services/endpoints"),
      .namespaced("events", "Event", formerly: "events.k8s.io"),
      .namespaced("limitranges", "LimitRange"),
      .cluster("namespaces", "Namespace"),
      .cluster("nodes", "Node", in: "minions"),
      .namespaced("persistentvolumeclaims", "PersistentVolumeClaim"),
      .cluster("persistentvolumes", "PersistentVolume"),
      .namespaced("pods", "Pod"),
      .namespaced("podtemplates", "PodTemplate"),
      .namespaced("replicationcontrollers", "ReplicationController", in: "controllers", formerly: "extensions"),
      .namespaced("resourcequotas", "ResourceQuota"),
      .namespaced("secrets", "Secret"),
      .namespaced("serviceaccounts", "ServiceAccount"),
      .namespaced("services", "Service", in: "services/specs"),
    ])

  private static let workloads =
    group(
      "apps", .kubernetes,
      [
        .namespaced("controllerrevisions", "ControllerRevision"),
        .namespaced("daemonsets", "DaemonSet", formerly: "extensions"),
        .namespaced("deployments", "Deployment", formerly: "extensions"),
        .namespaced("replicasets", "ReplicaSet", formerly: "extensions"),
        .namespaced("statefulsets", "StatefulSet"),
      ])
    + group(
      "batch", .kubernetes,
      [
        .namespaced("cronjobs", "CronJob"),
        .namespaced("jobs", "Job", formerly: "extensions"),
      ])
    + group(
      "autoscaling", .kubernetes,
      [.namespaced("horizontalpodautoscalers", "HorizontalPodAutoscaler", formerly: "extensions")])
    + group("policy", .kubernetes, [.namespaced("poddisruptionbudgets", "PodDisruptionBudget")])
    + group("node.k8s.io", .kubernetes, [.cluster("runtimeclasses", "RuntimeClass")])
    + group(
      "scheduling.k8s.io", .kubernetes,
      [
        .namespaced("podgroups", "PodGroup"),
        .cluster("priorityclasses", "PriorityClass"),
        .namespaced("workloads", "Workload"),
      ])

  private static let networking =
    group(
      "networking.k8s.io", .kubernetes,
      [
        .cluster("ingressclasses", "IngressClass"),
        .namespaced("ingresses", "Ingress", in: "ingress", formerly: "extensions"),
        .cluster("ipaddresses", "IPAddress"),
        .namespaced("networkpolicies", "NetworkPolicy", formerly: "extensions"),
        .cluster("servicecidrs", "ServiceCIDR"),
      ])
    + group("discovery.k8s.io", .kubernetes, [.namespaced("endpointslices", "EndpointSlice")])
    + group(
      "coordination.k8s.io", .kubernetes,
      [
        .namespaced("leasecandidates", "LeaseCandidate"),
        .namespaced("leases", "Lease"),
      ])

  private static let access =
    group(
      "rbac.authorization.k8s.io", .kubernetes,
      [
        .cluster("clusterrolebindings", "ClusterRoleBinding"),
        .cluster("clusterroles", "ClusterRole"),
        .namespaced("rolebindings", "RoleBinding"),
        .namespaced("roles", "Role"),
      ])
    + group(
      "certificates.k8s.io", .kubernetes,
      [
        .cluster("certificatesigningrequests", "CertificateSigningRequest"),
        .cluster("clustertrustbundles", "ClusterTrustBundle"),
        .namespaced("podcertificaterequests", "PodCertificateRequest"),
      ])
    + group(
      "admissionregistration.k8s.io", .kubernetes,
      [
        .cluster("mutatingadmissionpolicies", "MutatingAdmissionPolicy"),
        .cluster("mutatingadmissionpolicybindings", "MutatingAdmissionPolicyBinding"),
        .cluster("mutatingwebhookconfigurations", "MutatingWebhookConfiguration"),
        .cluster("validatingadmissionpolicies", "ValidatingAdmissionPolicy"),
        .cluster("validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding"),
        .cluster("validatingwebhookconfigurations", "ValidatingWebhookConfiguration"),
      ])
    + group(
      "flowcontrol.apiserver.k8s.io", .kubernetes,
      [
        .cluster("flowschemas", "FlowSchema"),
        .cluster("prioritylevelconfigurations", "PriorityLevelConfiguration"),
      ])

  /// The two whose directories hold the group, as those of custom resources do.
  private static let extending =
    group(
      "apiextensions.k8s.io", .kubernetes,
      [
        .cluster(
          "customresourcedefinitions", "CustomResourceDefinition",
          in: "apiextensions.k8s.io/customresourcedefinitions")
      ])
    + group(
      "apiregistration.k8s.io", .kubernetes,
      [.cluster("apiservices", "APIService", in: "apiregistration.k8s.io/apiservices")])
    + group("internal.apiserver.k8s.io", .kubernetes, [.cluster("storageversions", "StorageVersion")])
    + group(
      "storagemigration.k8s.io", .kubernetes, [.cluster("storageversionmigrations", "StorageVersionMigration")])

  private static let devicesAndStorage =
    group(
      "storage.k8s.io", .kubernetes,
      [
        .cluster("csidrivers", "CSIDriver"),
        .cluster("csinodes", "CSINode"),
        .namespaced("csistoragecapacities", "CSIStorageCapacity"),
        .cluster("storageclasses", "StorageClass"),
        .cluster("volumeattachments", "VolumeAttachment"),
        .cluster("volumeattributesclasses", "VolumeAttributesClass"),
      ])
    + group(
      "resource.k8s.io", .kubernetes,
      [
        .cluster("deviceclasses", "DeviceClass"),
        .cluster("devicetaintrules", "DeviceTaintRule"),
        .namespaced("resourceclaims", "ResourceClaim"),
        .namespaced("resourceclaimtemplates", "ResourceClaimTemplate"),
        .cluster("resourcepoolstatusrequests", "ResourcePoolStatusRequest"),
        .cluster("resourceslices", "ResourceSlice"),
      ])

  /// No current API server serves these, and none deletes what it no longer serves.
  private static let removed =
    group("extensions", .kubernetes, [.cluster("thirdpartyresources", "ThirdPartyResource")])
    + group(
      "policy", .kubernetes,
      [.cluster("podsecuritypolicies", "PodSecurityPolicy", in: "podsecuritypolicy", formerly: "extensions")])
    + group("settings.k8s.io", .kubernetes, [.namespaced("podpresets", "PodPreset")])
    + group("auditregistration.k8s.io", .kubernetes, [.cluster("auditsinks", "AuditSink")])
    + group(
      "admissionregistration.k8s.io", .kubernetes,
      [
        .cluster("externaladmissionhookconfigurations", "ExternalAdmissionHookConfiguration"),
        .cluster("initializerconfigurations", "InitializerConfiguration"),
      ])
    + group("networking.k8s.io", .kubernetes, [.cluster("clustercidrs", "ClusterCIDR")])
    + group(
      "resource.k8s.io", .kubernetes,
      [
        .namespaced("podschedulingcontexts", "PodSchedulingContext"),
        .namespaced("podschedulings", "PodScheduling"),
        .namespaced("resourceclaimparameters", "ResourceClaimParameters"),
        .cluster("resourceclasses", "ResourceClass"),
        .namespaced("resourceclassparameters", "ResourceClassParameters"),
      ])
}
