import TestSupport
import Testing

@testable import KubernetesStorage

@Suite("The contents of an object are its data, however it is written")
struct ObjectContentsTests {
  private static func contents(_ object: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    ObjectContents.forEachPiece(of: unsafe object.span.bytes) { piece in
      unsafe piece.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  private static func contents(_ text: String) -> [UInt8] { contents(Array(text.utf8)) }

  /// The contents of the Secret that all of ``sameSecrets`` are, byte by byte.
  private static let expected: [UInt8] = {
    func text(_ text: String) -> [UInt8] { [0, 0, 0, 0, 0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8) }
    return Array("data\0".utf8) + text("password") + text("correct horse") + text("username") + text("app")
  }()

  private static let pairs = [("password", Array("correct horse".utf8)), ("username", Array("app".utf8))]

  private static func json(_ members: String) -> [UInt8] {
    Array(#"{"kind":"Secret","apiVersion":"v1",\#(members)}"#.utf8)
  }

  private static let base64 = #""password":"Y29ycmVjdCBob3JzZQ==","username":"YXBw""#

  static let sameSecrets: [(String, [UInt8])] = [
    ("protobuf", Stored.protobufSecret),
    ("protobuf in another order", Stored.protobuf(raw: Stored.secretMessage(data: pairs.reversed()))),
    (
      "protobuf of another name and type", Stored.protobuf(raw: Stored.secretMessage(name: "x", type: "y", data: pairs))
    ),
    ("protobuf of an older version", Stored.protobuf(apiVersion: "v1beta3", raw: Stored.secretMessage(data: pairs))),
    (
      "protobuf with stringData",
      {
        var secret = ProtobufWriter()
        secret.raw(Stored.secretMessage(data: [("password", Array("old".utf8)), pairs[1]]))
        secret.bytes(4, Stored.entry("password", pairs[0].1))
        return Stored.protobuf(raw: secret.bytes)
      }()
    ),
    (
      "protobuf with an entry twice",
      {
        var secret = ProtobufWriter()
        secret.bytes(2, Stored.entry("password", Array("old".utf8)))
        secret.raw(Stored.secretMessage(data: pairs))
        return Stored.protobuf(raw: secret.bytes)
      }()
    ),
    ("protobuf before padding", Stored.protobufSecret + [UInt8](repeating: 0, count: 40)),
    ("JSON", Stored.jsonSecret),
    ("JSON without its metadata", json(#""data":{\#(base64)}"#)),
    ("JSON in another order", json(#""data":{"username":"YXBw","password":"Y29ycmVjdCBob3JzZQ=="}"#)),
    ("JSON with escapes", json(#""data":{"pass\u0077ord":"Y29y\ncmVjdCBob3JzZQ\u003d=","username":"YXBw"}"#)),
    (
      "JSON with stringData",
      json(#""stringData":{"password":"correct\u0020horse"},"data":{"password":"b2xk","username":"YXBw"}"#)
    ),
    ("JSON with an entry twice", json(#""data":{"username":"eA==",\#(base64)}"#)),
    ("JSON with data that were null before", json(#""data":{"gone":"eA=="},"data":null,"data":{\#(base64)}"#)),
    ("JSON with data of another kind", json(#""data":{\#(base64)},"binaryData":{"x":"eA=="},"immutable":true"#)),
    ("JSON before padding", json(#""data":{\#(base64)}"#) + Array(" }{".utf8)),
    ("JSON in UTF-16", [0xFF, 0xFE] + json(#""data":{\#(base64)}"#).flatMap { [$0, 0] }),
    ("CBOR", Stored.cborSecret),
    (
      "CBOR with base64",
      Stored.secret(string: CBORValue.text, data: { .text($0 == "app" ? "YXBw" : "Y29ycmVjdCBob3JzZQ==") })
    ),
    (
      "CBOR in chunks",
      Stored.secret(
        string: { .textChunks([String($0.prefix(2)), String($0.dropFirst(2))]) },
        data: { .tagged(22, .byteChunks(["", $0])) }, map: CBORValue.indefiniteMap)
    ),
    (
      "YAML",
      Array("apiVersion: v1\nkind: Secret\ndata:\n  username: YXBw\n  \"password\": 'Y29ycmVjdCBob3JzZQ=='\n".utf8)
    ),
    (
      "YAML with stringData",
      Array("apiVersion: v1\nkind: Secret\nstringData:\n  username: app\n  password: |-\n    correct horse\n".utf8)
    ),
    (
      "YAML with lines of base64",
      Array(
        "apiVersion: v1\nkind: Secret\ndata:\n  username: YXBw\n  password: |\n    Y29ycmVj\n    dCBob3JzZQ==\n".utf8)
    ),
  ]

  @Test(arguments: sameSecrets)
  func `the same names and bytes are the same contents`(form: String, object: [UInt8]) {
    #expect(Self.contents(object) == Self.expected, "\(form)")
  }

  @Test func `the object inside base64 is read as by itself`() {
    let object = Stored.protobufSecret
    #expect(Self.contents(Self.encoded(object)) == Self.expected)
  }

  private static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0...3 {
        text.append(place <= group.count ? digits[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return text
  }

  private static let others: [(String, [(String, String)])] = [
    ("a value changed", [("password", "correct horsf"), ("username", "app")]),
    ("a name changed", [("passwore", "correct horse"), ("username", "app")]),
    ("bytes moved to the next entry", [("password", "correct hors"), ("username", "eapp")]),
    ("bytes moved into the name", [("passwordc", "orrect horse"), ("username", "app")]),
    ("values exchanged", [("password", "app"), ("username", "correct horse")]),
    ("an entry gone", [("password", "correct horse")]),
    ("an entry more", [("password", "correct horse"), ("username", "app"), ("x", "")]),
    ("nothing", []),
  ]

  @Test func `other names or bytes are other contents, and the same in each encoding`() {
    var seen: Set<[UInt8]> = [Self.expected]
    for (change, pairs) in Self.others {
      let contents = Self.contents(
        Stored.protobuf(raw: Stored.secretMessage(data: pairs.map { ($0.0, Array($0.1.utf8)) })))
      #expect(seen.insert(contents).inserted, "\(change)")
      let members = pairs.map { #""\#($0.0)":"\#($0.1)""# }.joined(separator: ",")
      #expect(Self.contents(Self.json(#""stringData":{\#(members)}"#)) == contents, "\(change)")
    }
  }

  @Test func `a ConfigMap is its texts and its bytes`() {
    var message = ProtobufWriter()
    message.bytes(2, Stored.entry("a", Array("YXBw".utf8)))
    message.bytes(3, Stored.entry("b", Array("app".utf8)))
    let protobuf = Self.contents(Stored.protobuf(kind: "ConfigMap", raw: message.bytes))
    func json(_ members: String) -> [UInt8] {
      Self.contents(#"{"metadata":{"name":"m"},\#(members),"apiVersion":"v1","kind":"ConfigMap"}"#)
    }
    #expect(protobuf.starts(with: Array("data\0".utf8)))
    #expect(json(#""binaryData":{"b":"YXBw"},"data":{"a":"YXBw"}"#) == protobuf)
    #expect(json(#""data":{"a":"YXBw","b":"app"}"#) == protobuf)
    #expect(json(#""data":{"a":"app","b":"app"}"#) != protobuf)
    let both = json(#""data":{"a":"x"},"binaryData":{"a":"eQ=="}"#)
    #expect(both != json(#""data":{"a":"x"}"#) && both != json(#""data":{"a":"y"}"#))
  }

  @Test(arguments: [
    #"{"apiVersion":"v1","kind":"Pod","data":{"password":"YQ=="}}"#,
    #"{"apiVersion":"vault.io/v1","kind":"Secret","data":{"password":"YQ=="}}"#,
    #"{"apiVersion":"v1","kind":"SecretList","items":[]}"#,
    #"{"apiVersion":"v1","kind":"Secret","data":{"a":"YQ==","n":1}}"#,
    #"{"apiVersion":"v1","kind":"Secret","data":{"a":{"b":"YQ=="}}}"#,
    #"{"apiVersion":"v1","kind":"Secret","data":["YQ=="]}"#,
    #"{"apiVersion":"v1","kind":"Secret","data":"YQ=="}"#,
    #"{"apiVersion":"v1","kind":"Secret","data":{"a":"YQ="}}"#,
    #"{"apiVersion":"v1","kind":"Secret","data":{"a":"Y-=="}}"#,
    #"{"apiVersion":"v1","kind":"Secret","data":{"a":"YQ==""#,
    "apiVersion: v1\nkind: Secret\ndata:\n  a:\n    b: YQ==\n",
    "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: >\n    folded\n",
    "apiVersion: v1\nkind: Secret\ndata:\n- YQ==\n",
    "", "text",
  ])
  func `what is no such data counts as a whole`(text: String) {
    #expect(Self.contents(text) == Array("object\0\(text)".utf8))
  }

  @Test func `white space behind JSON is no part of it`() {
    let pod = #"{"apiVersion":"v1","kind":"Pod"}"#
    #expect(Self.contents(pod + "\n \t\r\n") == Array("object\0\(pod)".utf8))
    #expect(Self.contents(pod + "\n.") != Self.contents(pod))
  }

  @Test func `a null is an entry without bytes`() {
    let empty = Self.contents(Stored.protobuf(raw: Stored.secretMessage(data: [("k", [])])))
    #expect(Self.contents(Self.json(#""data":{"k":null}"#)) == empty)
    #expect(Self.contents(Self.json(#""stringData":{"k":""}"#)) == empty)
    #expect(Self.contents(Self.json(#""data":{}"#)) == Array("data\0".utf8))
    #expect(Self.contents(Self.json(#""data":null"#)) == Array("data\0".utf8))
  }

  @Test func `names that begin alike are kept apart, however long they are`() {
    let name = String(repeating: "n", count: BoundedText.maximumBytes + 1)
    func contents(_ names: [String]) -> [UInt8] {
      Self.contents(Stored.protobuf(raw: Stored.secretMessage(data: names.map { ($0, [1]) })))
    }
    #expect(contents([name + "a"]) != contents([name + "b"]))
    #expect(contents([name + "a", name + "b"]) == contents([name + "b", name + "a"]))
  }

  @Test func `contents longer than a piece come whole`() {
    let value = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let protobuf = Self.contents(Stored.protobuf(raw: Stored.secretMessage(data: [("k", value)])))
    let text = String(decoding: Self.encoded(value), as: UTF8.self)
    #expect(Self.contents(Self.json(#""data":{"k":"\#(text)"}"#)) == protobuf)
  }

  @Test func `a forged Secret of countless entries counts as a whole`() {
    let entries = [(String, [UInt8])](repeating: ("", []), count: DataFields.maximumCount)
    let most = Stored.protobuf(raw: Stored.secretMessage(data: entries))
    #expect(Self.contents(most).starts(with: Array("data\0".utf8)))
    let more = Stored.protobuf(raw: Stored.secretMessage(data: entries + [("", [])]))
    #expect(Self.contents(more) == Array("object\0".utf8) + more)
  }

  @Test func `every byte of the data counts`() throws {
    let object = Stored.protobufSecret
    for (name, value) in Self.pairs {
      for bytes in [Array(name.utf8), value] {
        let range = try #require(object.firstRange(of: bytes))
        for offset in range {
          var changed = object
          changed[offset] ^= 1
          #expect(Self.contents(changed) != Self.expected)
        }
      }
    }
  }
}
