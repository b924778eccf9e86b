import KubernetesStorage
import TestSupport
import Testing

@Suite("Objects held against their keys")
struct ObjectMatchTests {
  private static func match(_ value: [UInt8], at key: String, below prefix: String = "/registry") -> ObjectMatch {
    let key = Array(key.utf8)
    let tree = StorageTree(below: EtcdPrefix(prefix))
    return unsafe ObjectMatch(
      of: value.span.bytes, at: ResourcePath(key: key.span.bytes, prefixBytes: prefix.utf8.count, tree: tree),
      in: key.span.bytes)
  }

  private static let secret = StoredSecret.plaintext(namespace: "default", name: "db")

  @Test("An object is the one of its own key", arguments: EnvelopeVector.positive.filter { $0.expect != nil })
  func vectors(_ vector: EnvelopeVector) {
    #expect(Self.match(vector.stored, at: vector.etcdKey) == .itself)
    #expect(Self.match(vector.stored, at: vector.etcdKey + "x") == .another)
  }

  @Test("Namespace, name and kind must be those of the key")
  func anotherObject() {
    #expect(Self.match(Self.secret, at: "/registry/secrets/default/db") == .itself)
    let others = [
      "secrets/default/dB", "secrets/default/db2", "secrets/default/d", "secrets/other/db", "secrets/db",
      "secrets/default/db/x", "configmaps/default/db", "acme.io/secrets/default/db",
    ]
    for key in others { #expect(Self.match(Self.secret, at: "/registry/\(key)") == .another, "\(key)") }
  }

  @Test("A custom resource must be of the key's group; of its kind the key says nothing")
  func customResources() {
    let widget = Array(
      #"{"apiVersion":"lab.example.com/v1","kind":"Widget","metadata":{"namespace":"a","name":"w"}}"#.utf8)
    #expect(Self.match(widget, at: "/registry/lab.example.com/widgets/a/w") == .itself)
    #expect(Self.match(widget, at: "/registry/lab.example.com/gadgets/a/w") == .itself)
    #expect(Self.match(widget, at: "/registry/acme.io/widgets/a/w") == .another)
    #expect(Self.match(widget, at: "/registry/secrets/a/w") == .another)
  }

  @Test("A kind that was stored in the name of another group is still the same")
  func formerGroups() {
    let event = Array(#"{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"namespace":"a","name":"e"}}"#.utf8)
    #expect(Self.match(event, at: "/registry/events/a/e") == .itself)
    let secret = Array(#"{"apiVersion":"old.example/v1","kind":"Secret","metadata":{"namespace":"a","name":"e"}}"#.utf8)
    #expect(Self.match(secret, at: "/registry/secrets/a/e") == .itself)
  }

  @Test("JSON is read with its escapes, and the last of two members counts")
  func json() {
    let escaped = #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x","namespace":"default","name":"d\u0062"}}"#
    #expect(Self.match(Array(escaped.utf8), at: "/registry/secrets/default/db") == .itself)
    #expect(Self.match(Array("\(escaped)\n".utf8), at: "/registry/secrets/default/db") == .itself)
    #expect(Self.match(Array("\(escaped)x".utf8), at: "/registry/secrets/default/db") == .notAnObject)
    let nested = #"{"apiVersion":"v1","kind":"Secret","metadata":{"namespace":"default","labels":{"name":"db"}}}"#
    #expect(Self.match(Array(nested.utf8), at: "/registry/secrets/default/db") == .notAnObject)
  }

  @Test("Other encodings are read too")
  func otherEncodings() {
    let yaml = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: default\n"
    #expect(Self.match(Array(yaml.utf8), at: "/registry/secrets/default/db") == .itself)
    #expect(Self.match(Array(yaml.utf8), at: "/registry/secrets/default/other") == .another)
  }

  @Test("What is cut off is no object, and no truncation of an object is another one")
  func truncations() {
    for count in 0..<(Self.secret.count - 4) {
      #expect(Self.match(Array(Self.secret.prefix(count)), at: "/registry/secrets/default/db") == .notAnObject)
    }
  }

  @Test("Random bytes are no object, nor is text")
  func otherValues() {
    for seed in 0..<2000 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      #expect(Self.match(random.bytes(200), at: "/registry/secrets/default/db") == .notAnObject)
    }
    for text in ["", "{}", "[]", "k8s\0", "hello", #"{"kind":"Secret"}"#] {
      #expect(Self.match(Array(text.utf8), at: "/registry/secrets/default/db") == .notAnObject)
    }
  }

  @Test("The beginning of an object is told from random bytes and text")
  func beginnings() {
    func isBeginning(_ value: [UInt8]) -> Bool { unsafe ObjectMatch.isBeginning(of: value.span.bytes) }
    #expect(isBeginning(Array(Self.secret.prefix(16))))
    #expect(isBeginning(Array(#"{"apiVersion""#.utf8)))
    #expect(!isBeginning([]))
    for text in ["{", "secret", "hello: world", "k8s"] { #expect(!isBeginning(Array(text.utf8)), "\(text)") }
  }

  @Test("An object's home is the key that it names")
  func homes() throws {
    func home(_ value: [UInt8], at key: String, prefixBytes: Int = 9) throws -> String? {
      let key = Array(key.utf8)
      let path = try #require(
        unsafe ResourcePath(key: key.span.bytes, prefixBytes: prefixBytes, tree: .kubernetes))
      return unsafe ObjectMatch.withHome(
        of: value.span.bytes, beside: key.span.bytes, path, prefixBytes: prefixBytes
      ) { home in
        String(
          decoding: (0..<home.byteCount).map { home.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }, as: UTF8.self)
      }
    }
    #expect(try home(Self.secret, at: "/registry/configmaps/a/b") == "/registry/secrets/default/db")
    #expect(try home(Self.secret, at: "/k/configmaps/a/b", prefixBytes: 2) == "/k/secrets/default/db")
    let widget = Array(#"{"apiVersion":"lab.io/v1","kind":"Widget","metadata":{"name":"w"}}"#.utf8)
    #expect(try home(widget, at: "/registry/lab.io/widgets/a/b") == "/registry/lab.io/widgets/w")
    #expect(try home(widget, at: "/registry/secrets/a/b") == nil)
  }
}
