import Testing

@Suite("--resource says what must be encrypted")
struct ResourceOptionTests {
  @Test func `each value adds to the scope`() async throws {
    let call = try await Call.atrest(
      "verify", "--format", "json", "--resource", "secrets", "--resource", "configmaps", "--resource", "*.apps",
      Sample.clean.path)
    let report = try call.json()
    #expect(report["policy"]?["resources"]?.elements?.compactMap(\.string) == ["secrets", "configmaps", "*.apps"])
    let resources = Set((report["snapshots"]?[0]?["resources"]?.elements ?? []).compactMap { $0["resource"]?.string })
    #expect(resources == ["secrets", "configmaps", "deployments.apps"])
    #expect(call.status == 1, "the ConfigMaps are plaintext")
  }

  @Test func `openshift stands for what OpenShift encrypts`() async throws {
    let call = try await Call.atrest("verify", "--format", "json", "--resource", "openshift", Sample.clean.path)
    #expect(
      try call.json()["policy"]?["resources"]?.elements?.compactMap(\.string) == [
        "secrets", "configmaps", "routes.route.openshift.io", "oauthaccesstokens.oauth.openshift.io",
        "oauthauthorizetokens.oauth.openshift.io",
      ])
  }

  @Test(arguments: [
    ("secret", "unknown resource 'secret': it is not built into Kubernetes; did you mean 'secrets'?"),
    (
      "deployments", "unknown resource 'deployments': it is not built into Kubernetes; did you mean 'deployments.apps'?"
    ),
    ("deployments.app", "did you mean 'deployments.apps'?"), ("*.app", "unknown API group 'app' in '*.app'"),
    ("Secrets", "'Secrets'"), ("*", "'*'"), ("", "''"),
  ])
  func `a value that can't be right is refused before anything is read`(value: String, sentence: String) async throws {
    let call = try await Call.atrest("verify", "--resource", value, "no such file")
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.contains(sentence))
  }

  @Test func `a custom resource that no snapshot knows is refused, with what may be meant`() async throws {
    for format in ["text", "json", "ndjson"] {
      let call = try await Call.atrest(
        "verify", "--format", format, "--resource", "widget.lab.example.com", Sample.clean.path, Sample.plain.path)
      #expect(call.status == 2)
      #expect(call.output == "")
      #expect(call.errors.contains("unknown resource 'widget.lab.example.com'"))
      #expect(call.errors.contains("did you mean 'widgets.lab.example.com'?"))
    }
  }

  @Test func `one snapshot that knows a custom resource is enough`() async throws {
    let call = try await Call.atrest(
      "verify", "--quiet", "--resource", "widgets.lab.example.com", Sample.clean.path, Sample.plain.path)
    #expect(call.status == 1)
    #expect(call.lines.count == 2)
    #expect(call.errors == "")
  }

  @Test func `an unknown resource can be insisted on`() async throws {
    let call = try await Call.atrest(
      "verify", "--resource", "nothing.example.com", "--allow-unknown-resource", Sample.clean.path)
    #expect(call.status == 1)
    #expect(call.sentences.contains("nothing of nothing.example.com found: looked under /registry"))
  }

  @Test func `a prefix that holds nothing is told with those that were found`() async throws {
    let call = try await Call.atrest("verify", "--etcd-prefix", "/kubernetes.io", Sample.clean.path)
    #expect(call.status == 1)
    #expect(call.sentences.contains("looked under /kubernetes.io, but the snapshot uses /registry"))
  }
}
