import KubernetesStorage
import Testing

@Suite struct GroupResourceTests {
  @Test(arguments: [
    (GroupResource("secrets"), "secrets"),
    (GroupResource("widgets", group: "lab.example.com"), "widgets.lab.example.com"),
    (GroupResource("deployments", group: "apps"), "deployments.apps"),
  ])
  func nameIsPluralAndGroup(resource: GroupResource, name: String) {
    #expect(resource.description == name)
  }

  @Test func coreGroupIsTheDefault() {
    #expect(GroupResource("secrets") == GroupResource("secrets", group: ""))
    #expect(GroupResource("secrets") != GroupResource("secrets", group: "acme.io"))
  }

  @Test func orderIsThatOfTheNames() {
    let sorted = [
      GroupResource("a", group: "z"), GroupResource("b"), GroupResource("b", group: "a"), GroupResource("ba"),
    ]
    #expect(sorted.reversed().sorted() == sorted)
  }
}
