import KubernetesStorage
import Testing

@Suite struct ResourcePatternTests {
  @Test(arguments: [
    ("secrets", ResourcePattern.resource(GroupResource("secrets"))),
    ("deployments.apps", .resource(GroupResource("deployments", group: "apps"))),
    ("pandas.awesome.bears.example", .resource(GroupResource("pandas", group: "awesome.bears.example"))),
    ("certificates.cert-manager.io", .resource(GroupResource("certificates", group: "cert-manager.io"))),
    ("3scale-apps.4dots.io", .resource(GroupResource("3scale-apps", group: "4dots.io"))),
    ("*.", .group("")),
    ("*.apps", .group("apps")),
    ("*.awesome.bears.example", .group("awesome.bears.example")),
    ("*.*", .all),
  ])
  func textNamesWhatAnEncryptionConfigurationMeans(text: String, pattern: ResourcePattern) throws {
    #expect(try ResourcePattern(text) == pattern)
    #expect(pattern.description == text)
  }

  @Test func dotAtTheEndIsTheCoreGroup() throws {
    #expect(try ResourcePattern("secrets.") == ResourcePattern("secrets"))
  }

  @Test(arguments: [
    ("secrets", "secrets", true), ("secrets", "secrets.acme.io", false), ("secrets", "secretsx", false),
    ("secrets.acme.io", "secrets.acme.io", true), ("secrets.acme.io", "secrets", false),
    ("*.", "secrets", true), ("*.", "configmaps", true), ("*.", "deployments.apps", false),
    ("*.apps", "deployments.apps", true), ("*.apps", "deployments.apps.acme.io", false), ("*.apps", "apps", false),
    ("*.acme.io", "widgets.lab.acme.io", false), ("*.lab.acme.io", "widgets.lab.acme.io", true),
    ("*.*", "secrets", true), ("*.*", "widgets.acme.io", true),
  ])
  func wildcardsMatchByGroup(pattern: String, name: String, matches: Bool) throws {
    guard case .resource(let resource) = try ResourcePattern(name) else { return }
    #expect(try ResourcePattern(pattern).matches(resource) == matches)
  }

  @Test(
    arguments: [
      ("", .empty, "'secrets'"),
      ("Secrets", .capitalLetter, "write 'secrets'"),
      ("Secret", .capitalLetter, "write 'secrets'"),
      ("Deployment", .capitalLetter, "write 'deployments.apps'"),
      ("*.Apps", .capitalLetter, "write '*.apps'"),
      ("Ingresses.extensions", .capitalLetter, "lower case"),
      ("*", .bareWildcard, "write '*.*'"),
      ("secrets.*", .acrossGroups, "write 'secrets'"),
      ("leases.*", .acrossGroups, "write 'leases.coordination.k8s.io'"),
      ("widgets.*", .acrossGroups, "'widgets.example.com'"),
      ("apiserveripinfo", .noAPI, "leave them out"),
      ("serviceipallocations", .noAPI, "leave them out"),
      ("servicenodeportallocations", .noAPI, "leave them out"),
      ("events.events.k8s.io", .eventsGroup, "write 'events'"),
      ("*.events.k8s.io", .eventsGroup, "write 'events'"),
      ("deployments.extensions", .removedGroup, "write 'deployments.apps'"),
      ("ingresses.extensions", .removedGroup, "write 'ingresses.networking.k8s.io'"),
      ("*.extensions", .removedGroup, "'*.apps'"),
      ("pods/status", .notAName, "subresources"),
      ("apps/deployments", .notAName, "'deployments.apps'"),
      (" secrets", .notAName, "lower-case letters"),
      ("secrets\n", .notAName, "lower-case letters"),
      ("sec*", .notAName, "lower-case letters"),
      ("*secrets", .notAName, "lower-case letters"),
      ("**", .notAName, "lower-case letters"),
      ("*.*.apps", .notAName, "lower-case letters"),
      (".", .notAName, "lower-case letters"),
      (".apps", .notAName, "lower-case letters"),
      ("a..b", .notAName, "lower-case letters"),
      ("a.b.", .notAName, "lower-case letters"),
      ("-a.b", .notAName, "lower-case letters"),
      ("a.b-", .notAName, "lower-case letters"),
      ("geheimnisse.bücher.example", .notAName, "lower-case letters"),
      ("secrets,configmaps", .notAName, "lower-case letters"),
      ("a\0", .notAName, "lower-case letters"),
    ] as [(String, ResourcePatternError.Code, String)])
  func wrongTextIsRefusedWithAdvice(text: String, code: ResourcePatternError.Code, advice: String) {
    let error = #expect(throws: ResourcePatternError.self) { try ResourcePattern(text) }
    #expect(error?.code == code)
    #expect(error?.text == text)
    #expect(error?.description.contains(advice) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [(63, 253, true), (64, 253, false), (63, 254, false)])
  func namesAreNoLongerThanAPIServersAllow(plural: Int, group: Int, isName: Bool) {
    let groupName = String(repeating: "g.", count: (group - 1) / 2) + String(repeating: "g", count: 2 - group % 2)
    let text = String(repeating: "r", count: plural) + "." + groupName
    #expect(text.utf8.count == plural + 1 + group)
    #expect(((try? ResourcePattern(text)) != nil) == isName)
  }

  @Test func everyBuiltInResourceHasATextOfItsOwn() throws {
    for resource in BuiltInResource.all.map(\.resource) where resource.group != "extensions" {
      #expect(try ResourcePattern(resource.description) == .resource(resource))
      #expect(try ResourcePattern("*.\(resource.group)").matches(resource))
    }
  }

  @Test func openShiftEncryptsFiveResources() throws {
    #expect(
      ResourcePattern.openShift.map(\.description) == [
        "secrets", "configmaps", "routes.route.openshift.io", "oauthaccesstokens.oauth.openshift.io",
        "oauthauthorizetokens.oauth.openshift.io",
      ])
    for pattern in ResourcePattern.openShift {
      guard case .resource(let resource) = pattern else {
        Issue.record("\(pattern) is no single resource")
        continue
      }
      #expect(BuiltInResource.of(resource) != nil)
    }
  }
}
