import KubernetesStorage
import Testing

@Suite struct ResourceSuggestionTests {
  private static let custom = [
    GroupResource("certificates", group: "cert-manager.io"), GroupResource("widgets", group: "lab.example.com"),
    GroupResource("policies", group: "acme.io"),
  ]

  @Test(
    arguments: [
      ("secret", "", "secrets"),
      ("Secret", "", "secrets"),
      ("Secrets", "", "secrets"),
      ("secerts", "", "secrets"),
      ("scrts", "", nil),
      ("sercets", "", "secrets"),
      ("secretsss", "", "secrets"),
      ("configmap", "", "configmaps"),
      ("ConfigMap", "", "configmaps"),
      ("comfigmpas", "", "configmaps"),
      ("deployments", "", "deployments.apps"),
      ("deployment", "", "deployments.apps"),
      ("deployments", "extensions", "deployments.apps"),
      ("deployments", "app", "deployments.apps"),
      ("Ingress", "extensions", "ingresses.networking.k8s.io"),
      ("events", "events.k8s.io", "events"),
      ("secrets", "acme.io", "secrets"),
      ("networkpolicy", "networking.k8s.io", "networkpolicies.networking.k8s.io"),
      ("routes", "", "routes.route.openshift.io"),
      ("certificate", "cert-manager.io", "certificates.cert-manager.io"),
      ("certificates", "", "certificates.cert-manager.io"),
      ("Certificate", "", "certificates.cert-manager.io"),
      ("certificates", "certmanager.io", "certificates.cert-manager.io"),
      ("certificates", "jetstack.io", "certificates.cert-manager.io"),
      ("policy", "acme.io", "policies.acme.io"),
      ("widget", "lab.exmaple.com", "widgets.lab.example.com"),
      ("gadgets", "lab.example.com", "widgets.lab.example.com"),
      ("cm", "", "configmaps"),
      ("CM", "", "configmaps"),
      ("sa", "", "serviceaccounts"),
      ("po", "", "pods"),
      ("no", "", "nodes"),
      ("deploy", "", "deployments.apps"),
      ("deploy", "apps", "deployments.apps"),
      ("crd", "", "customresourcedefinitions.apiextensions.k8s.io"),
      ("netpol", "", "networkpolicies.networking.k8s.io"),
      ("sts", "", "statefulsets.apps"),
      ("ing", "extensions", "ingresses.networking.k8s.io"),
      ("completelyelse", "", nil),
      ("thirdpartyresource", "extensions", nil),
      ("", "", nil),
      ("x", "", nil),
    ] as [(String, String, String?)])
  func bestSpellingComesFirst(plural: String, group: String, best: String?) {
    let spellings = ResourceSuggestion.spellings(like: GroupResource(plural, group: group), custom: Self.custom)
    #expect(spellings.first?.description == best)
    #expect(spellings.count <= 3)
  }

  @Test(arguments: BuiltInResource.all.filter { $0.resource.group != "extensions" })
  func kindsLeadToTheirResources(resource: BuiltInResource) {
    for name in [resource.kind, resource.kind.lowercased()] where name != resource.resource.resource {
      let inGroup = GroupResource(name, group: resource.resource.group)
      #expect(ResourceSuggestion.spellings(like: inGroup).first == resource.resource)
      #expect(ResourceSuggestion.spellings(like: GroupResource(name)).first == resource.resource)
    }
  }

  @Test func rightSpellingsNeedNone() {
    for resource in BuiltInResource.all.map(\.resource) + Self.custom {
      #expect(ResourceSuggestion.spellings(like: resource, custom: Self.custom).isEmpty)
    }
  }

  @Test func moreThanOneMayBeMeant() {
    let custom = ["a.io", "b.io", "c.io", "d.io"].map { GroupResource("policies", group: $0) }
    let spellings = ResourceSuggestion.spellings(like: GroupResource("policies"), custom: custom)
    #expect(spellings.map(\.description) == ["policies.a.io", "policies.b.io", "policies.c.io"])
    #expect(
      ResourceSuggestion.spellings(like: GroupResource("noles")).map(\.description)
        == ["nodes", "roles.rbac.authorization.k8s.io"])
  }

  @Test func customResourcesMayRepeatBuiltInOnes() {
    let custom = [GroupResource("secrets"), GroupResource("secrets")] + Self.custom + Self.custom
    let spellings = ResourceSuggestion.spellings(like: GroupResource("secret"), custom: custom)
    #expect(spellings == [GroupResource("secrets")])
  }

  @Test func longNamesAreLikeNothing() {
    let long = String(repeating: "secrets", count: 100_000)
    #expect(ResourceSuggestion.spellings(like: GroupResource(long, group: long)).isEmpty)
  }
}
