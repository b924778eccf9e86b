import KubernetesStorage
import TestSupport
import Testing

@Suite("Outlines of YAML")
struct YAMLOutlineTests {
  private static func outline(_ text: String) -> ObjectOutline? { ObjectOutline(Array(text.utf8), .yaml) }

  /// The data keys of a Secret with the lines of `data`.
  private static func keys(_ data: String) -> [SecretOutline.DataKey]? {
    outline("apiVersion: v1\n\(data)\nkind: Secret\n")?.secret?.data
  }

  /// As `sigs.k8s.io/yaml` writes a Secret.
  private static let secret = """
    apiVersion: v1
    data:
      password: Y29ycmVjdCBob3JzZQ==
      username: YXBw
    immutable: true
    kind: Secret
    metadata:
      annotations:
        example.com/note: |
          name: no
          kind: no

            # no comment
        example.com/quoted: 'it''s: "name'
        example.com/long: a plain scalar that was folded because it is long, as go-yaml
          does it
        "true": "a \\"quoted\\" scalar \\
          \\ name: no"
      creationTimestamp: "2026-01-02T03:04:05Z"
      finalizers:
      - example.com/one
      - |-
        name: no
      labels: {}
      managedFields:
      - apiVersion: v1
        fieldsV1:
          f:data:
            .: {}
            f:password: {}
        manager: kubectl
        name: no
      name: db-creds
      namespace: default
      ownerReferences: []
      uid: 43f0e6a5-7c1b-4d7e-9b0a-0d2a4fb6b8f1
    type: Opaque

    """

  @Test("A Secret in YAML has the outline that it has in protobuf")
  func sameOutline() throws {
    let protobuf = try #require(ObjectOutline(Stored.protobufSecret, .protobuf))
    #expect(Self.outline(Self.secret) == protobuf)
    #expect(Self.outline("# comment\n--- # start\n\(Self.secret)") == protobuf)
    #expect(Self.outline(Self.secret + "---\nkind: Pod\n") == protobuf)
    #expect(Self.outline(Self.secret + "...\n{") == protobuf)
    #expect(Self.outline(Self.secret + "\n  \n\n\0\u{1}\0") == protobuf)
    #expect(ObjectOutline(Stored.yamlSecret, .yaml)?.name == "db-creds")
  }

  @Test("Truncations have no more data keys than the whole")
  func truncations() {
    let text = Array(Self.secret.utf8)
    for count in 0...text.count {
      guard let outline = ObjectOutline(Array(text.prefix(count)), .yaml) else { continue }
      #expect((outline.secret?.data.count ?? 0) <= 2)
      #expect(["", "v1"].contains(outline.apiVersion) || count < 15)
      #expect("db-creds".hasPrefix(outline.name))
    }
  }

  @Test("Sizes of data are those of the decoded text")
  func sizes() {
    let data = """
      data:
        plain: QUJD
        single: 'QUJD'
        double: "QU\\x4aD"
        literal: |
          QUJD
          QUI=
        folded: >-
          QUJD

          QQ==
        lines: QUJD
          QUJD
        null: null
        tilde: ~
        empty: ""
        'quoted: key': QQ== # comment
        "e\\u00e9": QQ==
        plain: QQ==
      """
    #expect(
      Self.keys(data) == [
        .init(name: "plain", bytes: 1), .init(name: "single", bytes: 3), .init(name: "double", bytes: 3),
        .init(name: "literal", bytes: 5), .init(name: "folded", bytes: 4), .init(name: "lines", bytes: 6),
        .init(name: "null", bytes: 0), .init(name: "tilde", bytes: 0), .init(name: "empty", bytes: 0),
        .init(name: "quoted: key", bytes: 1), .init(name: "eé", bytes: 1),
      ])
    #expect(Self.keys("data: {}") == [])
    #expect(Self.keys("data:\n- a: QQ==\n  b: QQ==") == [])
    #expect(Self.keys("data:\n  - a: QQ==\n    b: QQ==") == [])
  }

  @Test("Sizes of text are those of its UTF-8")
  func textSizes() {
    let data = """
      stringData:
        plain: é b
        single: 'it''s'
        double: "\\u00e9\\n\\U0001F600"
        clip: |
          ab

           c

        strip: |-
          ab

        keep: |+
          ab

        indented: |2
            ab
      """
    #expect(
      Self.keys(data) == [
        .init(name: "plain", bytes: 4), .init(name: "single", bytes: 4), .init(name: "double", bytes: 7),
        .init(name: "clip", bytes: 7), .init(name: "strip", bytes: 2), .init(name: "keep", bytes: 4),
        .init(name: "indented", bytes: 5),
      ])
  }

  @Test("Folded text is passed over in other kinds, and not in a Secret")
  func foldedText() {
    let data = "apiVersion: v1\ndata:\n  k: \"a\n    b\"\nmetadata:\n  name: n\nkind: "
    #expect(Self.outline(data + "ConfigMap")?.name == "n")
    #expect(Self.outline(data + "Secret") == nil)
  }

  private static let unreadableTexts = [
    "", "kind", "- kind: Secret", " kind: Secret", "kind: Secret\n\tname: x", "kind: &a Secret", "kind: *a",
    "kind: !!str Secret", "{kind: Secret}", "kind: {a: b}", "kind: [a]", "kind: |\n  Secret", "kind: \"Secret",
    "kind: 'Secret' x", "kind: \"\\q\"", "kind: \"\\ud83d\"", "? kind\n: Secret", "<<: x",
    "kind: Secret\n  name: x", "kind: a\tb", "kind: a: b", "metadata:\n    name: x\n  namespace: y",
    "metadata:\n  name: x\n- y", "metadata:\n  name: 'x\n  y'", "--- kind: Secret",
    "kind: @x", "kind: \"x\ny\"", "data:\n  k: |x\n    QQ==",
    "apiVersion: v1\nkind: Secret\nstringData:\n  k: >\n    a",
  ]

  @Test("What the reader can't follow has no outline", arguments: unreadableTexts)
  func unreadable(_ text: String) {
    #expect(Self.outline(text) == nil)
  }

  @Test("Huge indentation, endless blank lines and nesting are read in one pass")
  func hugeInput() {
    let spaces = String(repeating: " ", count: 1_000_000)
    #expect(Self.outline("kind: x\nspec:\n\(spaces)a: b\n")?.kind == "x")
    #expect(Self.outline("kind: x\n\(spaces)") != nil)
    #expect(Self.outline("kind: x" + String(repeating: "\n", count: 1_000_000))?.kind == "x")
    #expect(Self.outline("kind: x\nspec:\n" + String(repeating: "- ", count: 100_000))?.kind == "x")
    #expect(Self.outline("kind: x\nspec:\n" + String(repeating: "  a: b\n\n\n", count: 100_000))?.kind == "x")
  }

  @Test("Names are cut at 1024 bytes and data keys at 1000")
  func limits() throws {
    let long = String(repeating: "n", count: 1023) + "é"
    #expect(Self.outline("metadata:\n  name: \(long)")?.name == String(repeating: "n", count: 1023))
    let members = (0..<1001).map { "  k\($0): \"\"\n" }.joined()
    let secret = try #require(Self.outline("apiVersion: v1\nkind: Secret\ndata:\n\(members)")?.secret)
    #expect(secret.data.count == 1000)
    #expect(secret.isCut)
  }

  @Test("Changed bytes are no trap")
  func changedBytes() {
    var random = SeededGenerator(seed: 128)
    let marks = Array(":-#'\"|>\n \t{}[]&*!?\\\0".utf8)
    for _ in 0..<5_000 {
      var text = Array(Self.secret.utf8)
      for _ in 0..<3 {
        text[Int(random.next() % UInt64(text.count))] = marks[Int(random.next() % UInt64(marks.count))]
      }
      _ = ObjectOutline(text, .yaml)
      _ = ObjectOutline(random.bytes(64), .yaml)
    }
  }
}
