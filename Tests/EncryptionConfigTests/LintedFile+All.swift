import EncryptionConfig
import KubernetesStorage

extension LintedFile {
  /// At least one for each rule.
  static let all =
    ofWriters + ofKeys + ofResources + ofCircumstances + ofPlaintext + ofRemains + ofStoredKeys + ofClusters

  private static let first = "resources[0].providers[0]"
  private static let firstSecret = "\(first).aescbc.keys[0].secret"
  private static let sound = Subject(SampleKey.kms)

  private static let ofWriters = [
    // The one that must be caught before all others: it looks encrypted and writes plaintext.
    LintedFile(
      .identityFirst, 4, "\(first).identity", Subject(SampleKey.identity, SampleKey.aescbc()),
      not: Subject(SampleKey.aescbc(), SampleKey.identity)),
    LintedFile(
      .identityFirst, 4, "\(first).identity", Subject(SampleKey.identity), not: sound),
    LintedFile(
      .identityFirst, 4, "\(first).identity",
      Subject(entries: [entry("secrets", SampleKey.identity), entry("secrets", SampleKey.aescbc())]),
      not: Subject(entries: [entry("secrets", SampleKey.aescbc()), entry("secrets", SampleKey.identity)])),
    LintedFile(
      .identityFirst, 5, "resources[1].providers[0].identity",
      Subject(entries: [
        entry("secrets", SampleKey.kms), entry("events", "\(SampleKey.identity), \(SampleKey.aescbc())"),
      ]),
      not: Subject(entries: [entry("secrets", SampleKey.kms), entry("events", SampleKey.identity)])),
    LintedFile(
      .identityFirst, 4, "\(first).identity", Subject(entries: [entry("'*.'", SampleKey.identity)]),
      not: Subject(entries: [entry("'*.apps'", SampleKey.identity), entry("'*.*'", SampleKey.kms)])),
    LintedFile(
      .notCovered, 3, "resources", Subject(entries: [entry("configmaps", SampleKey.kms)]),
      not: Subject(entries: [entry("'*.'", SampleKey.kms)])),
    LintedFile(
      .notCovered, 3, "resources", sound.with { $0.options.required = [.all] },
      not: Subject(entries: [entry("'*.*'", SampleKey.kms)]).with { $0.options.required = [.all] }),
    LintedFile(
      .notCovered, 3, "resources", sound.with { $0.options.required = [.group("acme.io")] },
      not: Subject(entries: [entry("secrets, '*.acme.io'", SampleKey.kms)])
        .with { $0.options.required = [.group("acme.io")] }),
    LintedFile(
      .weakCipher, 4, "\(first).aescbc", Subject(SampleKey.aescbc(), SampleKey.identity),
      not: Subject(SampleKey.secretbox("new"), SampleKey.aescbc("old", SampleKey.b))),
    LintedFile(
      .unrotatedKey, 4, "\(first).aesgcm", Subject(SampleKey.aesgcm()),
      not: Subject(
        "aesgcm: {keys: [{name: b, secret: '\(SampleKey.b)'}, {name: a, secret: '\(SampleKey.a)'}]}")),
    LintedFile(
      .notFIPS, 4, "\(first).secretbox", Subject(SampleKey.secretbox()).with { $0.options.requiresFIPS = true },
      not: Subject(SampleKey.secretbox())),
    LintedFile(.localKey, 4, "\(first).secretbox", Subject(SampleKey.secretbox()), not: sound),
  ]

  private static let ofKeys = [
    LintedFile(
      .reusedSecret, 4, "resources[0].providers[1].aesgcm.keys[0].secret",
      Subject(SampleKey.aescbc(), SampleKey.aesgcm()),
      not: Subject(SampleKey.aescbc(), SampleKey.aesgcm("key1", SampleKey.b))),
    LintedFile(
      .reusedSecret, 4, "resources[0].providers[1].aescbc.keys[0].secret",
      Subject(SampleKey.aescbc("a"), SampleKey.aescbc("b")),
      not: Subject(entries: [entry("secrets", SampleKey.aescbc("a")), entry("configmaps", SampleKey.aescbc("a"))])),
    LintedFile(
      .reusedKeyName, 4, "resources[0].providers[1].aescbc.keys[0]",
      Subject(SampleKey.aescbc("a"), SampleKey.aescbc("a", SampleKey.b)),
      not: Subject(
        entries: [entry("secrets", SampleKey.aescbc("a")), entry("configmaps", SampleKey.aescbc("a", SampleKey.b))])),
    LintedFile(
      .ambiguousKeyName, 4, "\(first).aescbc.keys[0]",
      Subject(SampleKey.aescbc("aescbckey-2026-04-16T12:29:38-07:00")), not: Subject(SampleKey.aescbc("aescbckey"))),
    LintedFile(
      .ambiguousKeyName, 4, "\(first).aescbc.keys[0]", Subject(SampleKey.aescbc("k\\n")),
      not: Subject(SampleKey.aescbc("k n"))),
    LintedFile(
      .ambiguousKeyName, 4, "\(first).aescbc.keys[0]", Subject(SampleKey.aescbc("schlüssel")),
      not: Subject(SampleKey.aescbc("key/1"))),
    published("c2VjcmV0IGlzIHNlY3VyZQ=="),
    published("dGhpcyBpcyBwYXNzd29yZA=="),
    published("YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY="),
    predictable("MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY="),
    predictable("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    predictable("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
    predictable("pX2sQ9vB7nL4mR1tK8wZcKV9rEPbwe5y+JkdbSvMGXA="),
    LintedFile(
      .shortKey, 4, firstSecret, Subject(SampleKey.aescbc("a", SampleKey.short)), not: Subject(SampleKey.aescbc())),
  ]

  private static let ofResources = [
    unknown("deployments", repaired: "deployments.apps"),
    unknown("secret", repaired: "secrets"),
    unknown("certificates", repaired: "certificates.cert-manager.io"),
    unknown("pods/status", repaired: "pods"),
    unknown("deploymentz.apps", repaired: "'*.apps'"),
    LintedFile(
      .repeatedResource, 5, "resources[1].resources[0]",
      Subject(entries: [entry("secrets", SampleKey.kms), entry("secrets.", SampleKey.identity)]),
      not: Subject(entries: [entry("secrets", SampleKey.kms), entry("events", SampleKey.identity)])),
    LintedFile(
      .exemptedResource, 4, "\(first).identity",
      Subject(entries: [entry("configmaps", SampleKey.identity), entry("'*.*'", SampleKey.kms)]),
      not: Subject(entries: [entry("events", SampleKey.identity), entry("'*.*'", SampleKey.kms)])),
    LintedFile(
      .exemptedResource, 4, "\(first).identity",
      Subject(entries: [entry("'*.oauth.openshift.io'", SampleKey.identity), entry("'*.*'", SampleKey.kms)]),
      not: Subject(entries: [entry("configmaps", SampleKey.identity), entry("secrets", SampleKey.kms)])),
  ]

  private static let ofCircumstances = [
    LintedFile(
      .kmsV1, 4, "\(first).kms", Subject("kms: {name: a, endpoint: 'unix:///run/a'}"), not: sound),
    LintedFile(
      .kmsV1, 4, "resources[0].providers[1].kms",
      Subject(SampleKey.kms, "kms: {apiVersion: v1, name: a, endpoint: 'unix:///run/a'}"), not: sound),
    LintedFile(
      .ineffectiveEntry, 4, "resources[0].resources[1]", released(1, 26, "secrets, '*.apps'"),
      not: released(1, 27, "secrets, '*.apps'")),
    LintedFile(
      .ineffectiveEntry, 4, "resources[0].resources[1]", released(1, 25, "secrets, widgets.acme.io"),
      not: released(1, 26, "secrets, widgets.acme.io")),
    LintedFile(
      .exposedSocket, 4, "\(first).kms.endpoint", plugin(at: "unix:///@plugin"), not: plugin(at: "unix:///run/@plugin")),
    LintedFile(
      .exposedSocket, 4, "\(first).kms.endpoint", plugin(at: "unix:///tmp/plugin.sock"),
      not: plugin(at: "unix:///run/tmp/plugin.sock")),
    LintedFile(
      .legacyHeader, 1, "apiVersion",
      sound.with { subject in
        subject.text = subject.text.replacing("apiserver.config.k8s.io/v1", with: "v1")
          .replacing("EncryptionConfiguration", with: "EncryptionConfig")
      }, not: sound),
    LintedFile(
      .ignoredDocument, 6, "", sound.with { $0.text += "---\nkind: EncryptionConfiguration\n" },
      not: sound.with { $0.text += "---\n# nothing\n" }),
    LintedFile(
      .wrapped, 4, "",
      sound.with { $0.text = "kind: Secret\nstringData:\n  a: |\n    \($0.text.replacing("\n", with: "\n    "))" },
      not: sound),
    LintedFile(
      .readableByOthers, 1, "", Subject(SampleKey.aescbc()).with { $0.options.isReadableByOthers = true },
      not: sound.with { $0.options.isReadableByOthers = true }),
  ]

  private static let ofPlaintext = [
    LintedFile(
      .plaintextRemains, 4, "\(first).aescbc.keys[0]",
      Subject(SampleKey.aescbc(), SampleKey.identity, facts: secrets(plaintext: .init(live: 3))),
      not: Subject(SampleKey.aescbc(), SampleKey.identity, facts: secrets(plaintext: .init(history: 3)))),
    LintedFile(
      .plaintextUnreadable, 4, "\(first).aescbc.keys[0]",
      Subject(SampleKey.aescbc(), facts: secrets(plaintext: .init(live: 3))),
      not: Subject(SampleKey.aescbc(), SampleKey.identity, facts: secrets(plaintext: .init(live: 3)))),
    LintedFile(
      .identityUnneeded, 4, "resources[0].providers[1].identity",
      Subject(SampleKey.aescbc(), SampleKey.identity, facts: secrets(keys: [key1: .init(live: 3)])),
      not: Subject(
        SampleKey.aescbc(), SampleKey.identity,
        facts: secrets(plaintext: .init(history: 1), keys: [key1: .init(live: 3)]))),
  ]

  private static let ofRemains = [
    LintedFile(
      .plaintextKept, 4, "\(first).aescbc.keys[0]",
      Subject(SampleKey.aescbc(), SampleKey.identity, facts: secrets(plaintext: .init(history: 2))),
      not: Subject(SampleKey.aescbc(), SampleKey.identity, facts: secrets(plaintext: .init(live: 2)))),
    LintedFile(
      .plaintextKept, 4, "\(first).aescbc.keys[0]",
      Subject(SampleKey.aescbc(), facts: SnapshotFacts(residue: [.secrets: 38])),
      not: Subject(SampleKey.aescbc(), facts: SnapshotFacts(residue: [GroupResource("configmaps"): 38]))),
    // One entry for two resources: of the one plaintext is left, so its identity is needed.
    LintedFile(
      .identityUnneeded, 4, "resources[0].providers[1].identity",
      Subject(
        entries: [entry("secrets, configmaps", "\(SampleKey.aescbc()), identity: {}")],
        facts: twoResources(plaintext: 0)),
      not: Subject(
        entries: [entry("secrets, configmaps", "\(SampleKey.aescbc()), identity: {}")],
        facts: twoResources(plaintext: 1))),
  ]

  private static let ofStoredKeys = [
    LintedFile(
      .unrotatedKey, 4, "\(first).aesgcm",
      Subject(
        SampleKey.aesgcm(),
        facts: secrets(keys: [KeyReference(provider: .aesgcm, name: "key1"): .init(live: 1, writes: 160_000)])),
      not: Subject(
        SampleKey.aesgcm(),
        facts: secrets(keys: [KeyReference(provider: .aesgcm, name: "key1"): .init(live: 1, writes: 159_999)]))),
    LintedFile(
      .missingKey, 4, "\(first).aescbc.keys[0]",
      Subject(SampleKey.aescbc(), facts: secrets(keys: [KeyReference(provider: .aescbc, name: "old"): .init(live: 1)])),
      not: Subject(SampleKey.aescbc(), facts: secrets(keys: [key1: .init(live: 1)]))),
    LintedFile(
      .unusedKey, 4, "resources[0].providers[1].secretbox.keys[0]",
      Subject(SampleKey.aescbc(), SampleKey.secretbox("old"), facts: secrets(keys: [key1: .init(live: 1)])),
      not: Subject(
        SampleKey.aescbc(), SampleKey.secretbox("old"),
        facts: secrets(keys: [KeyReference(provider: .secretbox, name: "old"): .init(history: 1)]))),
    LintedFile(
      .notRunning, 4, "\(first).aescbc.keys[0]",
      Subject(
        SampleKey.aescbc("new"), SampleKey.aescbc(),
        facts: secrets(keys: [
          key1: .init(live: 1, newestRevision: 9),
          KeyReference(provider: .aescbc, name: "new"): .init(live: 1, newestRevision: 8),
        ])),
      not: Subject(SampleKey.aescbc(), facts: secrets(keys: [key1: .init(live: 1, newestRevision: 9)]))),
    LintedFile(
      .notRunning, 4, "\(first).aescbc.keys[0]",
      Subject(
        SampleKey.aescbc(), SampleKey.identity,
        facts: secrets(plaintext: .init(live: 1, newestRevision: 9), keys: [key1: .init(live: 1, newestRevision: 8)])),
      not: Subject(
        SampleKey.aescbc(), SampleKey.identity,
        facts: secrets(plaintext: .init(live: 1, newestRevision: 8), keys: [key1: .init(live: 1, newestRevision: 9)]))),
  ]

  private static let ofClusters = [
    LintedFile(
      .unknownResource, 4, "resources[0].resources[0]",
      Subject(entries: [entry("widget.acme.io", SampleKey.kms)], facts: SnapshotFacts(customResources: [widgets])),
      not: Subject(entries: [entry("widgets.acme.io", SampleKey.kms)], facts: SnapshotFacts(customResources: [widgets]))
    ),
    LintedFile(
      .unknownResource, 4, "resources[0].resources[0]",
      Subject(entries: [entry("'*.acme.com'", SampleKey.kms)], facts: SnapshotFacts(customResources: [widgets])),
      not: Subject(entries: [entry("'*.acme.io'", SampleKey.kms)], facts: SnapshotFacts(customResources: [widgets]))),
    LintedFile(
      .secretsOnly, 3, "resources", sound.with { $0.facts = configMaps },
      not: Subject(entries: [entry("secrets, configmaps", SampleKey.kms)], facts: configMaps)),
    LintedFile(
      .serversDiffer, 1, "", sound.with { $0.facts = servers("/etc/a.yaml", nil) },
      not: sound.with { $0.facts = servers("/etc/a.yaml", "/etc/a.yaml") }),
    LintedFile(
      .serversDiffer, 1, "", sound.with { $0.facts = servers("/etc/a.yaml", "/etc/b.yaml") },
      not: sound.with { $0.facts = servers() }),
    LintedFile(
      .readableByOthers, 1, "", sound.with { $0.facts = SnapshotFacts(valuesWithKeys: 1) },
      not: sound.with { $0.facts = SnapshotFacts() }),
  ]
}

extension LintedFile {
  private static let key1 = KeyReference(provider: .aescbc, name: "key1")
  private static let widgets = GroupResource("widgets", group: "acme.io")
  private static let configMaps = SnapshotFacts(
    resources: [GroupResource("configmaps"): .init(plaintext: .init(live: 4))])

  private static func entry(_ resources: String, _ providers: String) -> String {
    "{resources: [\(resources)], providers: [\(providers)]}"
  }

  private static func secrets(
    plaintext: SnapshotFacts.Use = .init(), keys: [KeyReference: SnapshotFacts.Use] = [:]
  ) -> SnapshotFacts {
    SnapshotFacts(resources: [.secrets: .init(plaintext: plaintext, keys: keys)])
  }

  private static func twoResources(plaintext: Int) -> SnapshotFacts {
    SnapshotFacts(
      resources: [
        .secrets: .init(keys: [key1: .init(live: 3)]),
        GroupResource("configmaps"): .init(plaintext: .init(live: plaintext), keys: [key1: .init(live: 3)]),
      ])
  }

  private static func servers(_ paths: String?...) -> SnapshotFacts {
    SnapshotFacts(servers: paths.enumerated().map { .init(name: "kube-apiserver-\($0)", configurationPath: $1) })
  }

  private static func published(_ secret: String) -> LintedFile {
    LintedFile(
      .publishedKey, 4, firstSecret, Subject(SampleKey.aescbc("a", secret)), not: Subject(SampleKey.aescbc("a")))
  }

  private static func predictable(_ secret: String) -> LintedFile {
    LintedFile(
      .predictableKey, 4, firstSecret, Subject(SampleKey.aescbc("a", secret)), not: Subject(SampleKey.aescbc("a")))
  }

  private static func unknown(_ name: String, repaired: String) -> LintedFile {
    LintedFile(
      .unknownResource, 4, "resources[0].resources[0]", Subject(entries: [entry(name, SampleKey.kms)]),
      not: Subject(entries: [entry(repaired, SampleKey.kms)]))
  }

  private static func released(_ major: Int, _ minor: Int, _ resources: String) -> Subject {
    Subject(entries: [entry(resources, SampleKey.kms)])
      .with { $0.server.kubernetesVersion = KubernetesVersion(major, minor) }
  }

  private static func plugin(at endpoint: String) -> Subject {
    Subject("kms: {apiVersion: v2, name: a, endpoint: '\(endpoint)'}")
  }
}
