import Testing

@testable import KubernetesStorage

@Suite struct BuiltInResourceTests {
  /// By group, the directories of Kubernetes 1.36; those of namespaced resources are marked with `*`.
  private static let directories = [
    "": """
    configmaps* events* limitranges* namespaces minions persistentvolumeclaims* persistentvolumes pods* podtemplates*
    controllers* resourcequotas* secrets* serviceaccounts* services/specs* services/endpoints*
    """,
    "apps": "controllerrevisions* daemonsets* deployments* replicasets* statefulsets*",
    "batch": "cronjobs* jobs*",
    "autoscaling": "horizontalpodautoscalers*",
    "policy": "poddisruptionbudgets*",
    "networking.k8s.io": "ingress* ingressclasses networkpolicies* ipaddresses servicecidrs",
    "discovery.k8s.io": "endpointslices*",
    "coordination.k8s.io": "leases* leasecandidates*",
    "rbac.authorization.k8s.io": "roles* rolebindings* clusterroles clusterrolebindings",
    "certificates.k8s.io": "certificatesigningrequests clustertrustbundles podcertificaterequests*",
    "admissionregistration.k8s.io": """
    validatingwebhookconfigurations mutatingwebhookconfigurations validatingadmissionpolicies
    validatingadmissionpolicybindings mutatingadmissionpolicies mutatingadmissionpolicybindings
    """,
    "flowcontrol.apiserver.k8s.io": "flowschemas prioritylevelconfigurations",
    "node.k8s.io": "runtimeclasses",
    "scheduling.k8s.io": "priorityclasses workloads* podgroups*",
    "storage.k8s.io": """
    storageclasses volumeattachments csinodes csidrivers csistoragecapacities* volumeattributesclasses
    """,
    "resource.k8s.io": """
    deviceclasses resourceclaims* resourceclaimtemplates* resourceslices devicetaintrules
    resourcepoolstatusrequests
    """,
    "storagemigration.k8s.io": "storageversionmigrations",
    "internal.apiserver.k8s.io": "storageversions",
    "apiregistration.k8s.io": "apiregistration.k8s.io/apiservices",
    "apiextensions.k8s.io": "apiextensions.k8s.io/customresourcedefinitions",
  ]

  @Test(arguments: directories)
  func tableHoldsEveryDirectoryOfKubernetes(group: String, directories: String) {
    let listed = BuiltInResource.ids(ofGroup: group).map { id in
      BuiltInResource[id].directory + (BuiltInResource[id].isNamespaced ? "*" : "")
    }
    #expect(Set(listed).isSuperset(of: directories.split(whereSeparator: \.isWhitespace).map(String.init)))
  }

  @Test func whatElseTheTableHoldsIsNoLongerServed() {
    let served = Set(Self.directories.values.flatMap { $0.split { $0.isWhitespace || $0 == "*" }.map(String.init) })
    let others = BuiltInResource.all.filter { $0.tree == .kubernetes && !served.contains($0.directory) }
    #expect(
      others.map(\.resource.description).sorted() == [
        "auditsinks.auditregistration.k8s.io", "clustercidrs.networking.k8s.io",
        "externaladmissionhookconfigurations.admissionregistration.k8s.io",
        "initializerconfigurations.admissionregistration.k8s.io", "podpresets.settings.k8s.io",
        "podschedulingcontexts.resource.k8s.io", "podschedulings.resource.k8s.io", "podsecuritypolicies.policy",
        "resourceclaimparameters.resource.k8s.io", "resourceclasses.resource.k8s.io",
        "resourceclassparameters.resource.k8s.io", "thirdpartyresources.extensions",
      ])
  }

  @Test(arguments: [
    ("routes.route.openshift.io", "routes", true),
    ("oauthaccesstokens.oauth.openshift.io", "oauth/accesstokens", false),
    ("oauthauthorizetokens.oauth.openshift.io", "oauth/authorizetokens", false),
    ("oauthclients.oauth.openshift.io", "oauth/clients", false),
    ("oauthclientauthorizations.oauth.openshift.io", "oauth/clientauthorizations", false),
    ("users.user.openshift.io", "users", false), ("identities.user.openshift.io", "useridentities", false),
    ("groups.user.openshift.io", "groups", false), ("imagestreams.image.openshift.io", "imagestreams", true),
    ("images.image.openshift.io", "images", false), ("builds.build.openshift.io", "builds", true),
    ("buildconfigs.build.openshift.io", "buildconfigs", true),
    ("deploymentconfigs.apps.openshift.io", "deploymentconfigs", true),
    ("templates.template.openshift.io", "templates", true),
    ("templateinstances.template.openshift.io", "templateinstances", true),
    ("brokertemplateinstances.template.openshift.io", "brokertemplateinstances", false),
    ("rangeallocations.security.openshift.io", "rangeallocations", false),
  ])
  func openShiftLeavesTheGroupOutOfTheDirectory(name: String, directory: String, isNamespaced: Bool) throws {
    let resource = try #require(BuiltInResource.openShift.first { $0.resource.description == name })
    #expect(resource.directory == directory)
    #expect(resource.isNamespaced == isNamespaced)
    #expect(resource.tree == .openShift)
    #expect(BuiltInResource.openShift.count == 17)
  }

  @Test(arguments: [
    ("secrets", true), ("services", true), ("minions", true), ("ranges", true), ("health", true), ("acme.io", true),
    ("apiregistration.k8s.io", true), ("podsecuritypolicy", true), ("secretsx", false), ("nodes", false),
    ("specs", false), ("routes", false), ("", false), ("registry", false),
  ])
  func directoriesBelowAPrefixAreKnownByName(name: String, isName: Bool) {
    let path = Array("/registry/\(name)".utf8)
    #expect(ResourceDirectory.isName(path[10...]) == isName)
  }

  @Test func namesKindsAndDirectoriesAreUnique() {
    let all = BuiltInResource.all
    #expect(Set(all.map(\.resource)).count == all.count)
    #expect(Set(all.map(\.kind)).count == all.count)
    for tree in [StorageTree.kubernetes, .openShift] {
      let directories = all.filter { $0.tree == tree }.map(\.directory)
      #expect(Set(directories).count == directories.count)
    }
  }

  @Test(arguments: BuiltInResource.all.indices)
  func idLeadsToItsResource(index: Int) throws {
    let resource = BuiltInResource.all[index]
    let id = try #require(BuiltInResource.of(resource.resource))
    #expect(id.index == index)
    #expect(BuiltInResource[id] == resource)
    for group in [resource.resource.group] + resource.formerGroups {
      #expect(Self.of(group, resource.kind) == id)
    }
  }

  @Test(arguments: [
    ("", "Secret", "secrets"), ("apps", "Deployment", "deployments.apps"),
    ("extensions", "Deployment", "deployments.apps"), ("events.k8s.io", "Event", "events"),
    ("extensions", "Ingress", "ingresses.networking.k8s.io"), ("", "Route", "routes.route.openshift.io"),
    ("policy", "PodSecurityPolicy", "podsecuritypolicies.policy"),
    ("storage.k8s.io", "CSIStorageCapacity", "csistoragecapacities.storage.k8s.io"),
  ])
  func kindAndGroupOfAnObjectTellItsResource(group: String, kind: String, name: String) throws {
    let id = try #require(Self.of(group, kind))
    #expect(BuiltInResource[id].resource.description == name)
  }

  @Test(arguments: [
    ("acme.io", "Secret"), ("v1", "Secret"), ("", "secret"), ("", "Secrets"), ("", "SecretLists"), ("", "List"),
    ("", ""),
    ("", "Secret\0"), ("\0", "Secret"), ("extensions", "StatefulSet"), ("apps", "Event"), ("core", "Secret"),
    ("networking.k8s.io", "networking.k8s.io"),
  ])
  func otherKindsAndGroupsAreNotBuiltIn(group: String, kind: String) {
    #expect(Self.of(group, kind) == nil)
  }

  @Test func kindsAndGroupsMayBeLong() {
    let long = String(repeating: "Secret", count: 100_000)
    #expect(Self.of("", long) == nil)
    #expect(Self.of(long, "Secret") == nil)
  }

  @Test func groupsAreThoseOfTheTable() {
    for group in ["", "apps", "apiextensions.k8s.io", "route.openshift.io"] {
      #expect(BuiltInResource.isBuiltInGroup(group))
    }
    for group in ["acme.io", "events.k8s.io", "app", "k8s.io", "openshift.io", "v1"] {
      #expect(!BuiltInResource.isBuiltInGroup(group))
      #expect(BuiltInResource.ids(ofGroup: group).isEmpty)
    }
  }

  @Test(arguments: ["deployments", "secretss", "Secrets", "widgets.acme.io", "", "minions", "services/specs"])
  func otherNamesAreNotBuiltIn(name: String) {
    #expect(BuiltInResource.of(GroupResource(name)) == nil)
    #expect(BuiltInResource.of(GroupResource("deployments", group: "extensions")) == nil)
  }

  private static func of(_ group: String, _ kind: String) -> BuiltInResource.ID? {
    let (group, kind) = (Array(group.utf8), Array(kind.utf8))
    return unsafe BuiltInResource.of(group: group.span.bytes, kind: kind.span.bytes)
  }
}
