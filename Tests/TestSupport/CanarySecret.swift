import Foundation

/// A Secret in the clear, with a password that stands nowhere else, written in every way that somebody may write it.
public struct CanarySecret: Sendable {
  /// How the object is written.
  public enum Form: String, Sendable, CaseIterable {
    /// `runtime.Unknown`, as API servers write it, and with its fields and those of the Secret in any order.
    case protobuf, protobufReordered
    /// In Go's order of members, in that of their names, in any order, and on many lines.
    case json, jsonSorted, jsonShuffled, jsonPretty
    /// Some letters of names and values written `\u0061`.
    case jsonEscaped
    /// The only item of a list.
    case jsonList
    /// In block style: sorted, in any order, and with quotes around every name and value.
    case yaml, yamlShuffled, yamlQuoted
    /// In flow style, on one line and on many.
    case yamlFlow, yamlFlowLines
    /// With the tag of CBOR itself, and without; names and texts are byte strings or text strings.
    case cbor, cborUntagged

    /// Whether it is text, which can be wrapped as text.
    public var isText: Bool {
      switch self {
      case .protobuf, .protobufReordered, .cbor, .cborUntagged: false
      default: true
      }
    }
  }

  /// In what the object is wrapped.
  public enum Cover: String, Sendable, CaseIterable {
    case none
    /// With a byte-order mark of UTF-8.
    case mark
    /// With a byte-order mark or without.
    case utf16Little, utf16Big, utf32Little, utf32Big
    /// With the alphabet of URLs, and in lines.
    case base64, base64URL, base64Lines
    case hex, hexUppercase
    case gzip, zlib
    /// A string of JSON.
    case string
  }

  /// The name of the object, which may be printed.
  public let name: String
  /// What must not be printed.
  public let password: String

  /// A Secret whose name and password follow from `random`.
  public init(_ random: inout SeededGenerator) {
    name = "canary-\(random.count(1000...9999))"
    password = "CANARY-" + String(random.next(), radix: 36) + String(random.next(), radix: 36)
  }

  /// The Secret in this form and cover.
  public func bytes(_ form: Form, _ cover: Cover, _ random: inout SeededGenerator) -> [UInt8] {
    cover.wrap(bytes(form, &random), isText: form.isText, &random)
  }

  /// Whether `output` shows the password: as it is, or in hexadecimal or base64 at any of three alignments.
  public func isShown(in output: String) -> Bool {
    let plain = Array(password.utf8)
    let hex = String(decoding: Wrapping.hex(plain), as: UTF8.self)
    var needles = [password, hex, hex.uppercased()]
    for padding in 0..<3 {
      let digits = Wrapping.base64([UInt8](repeating: 0, count: padding) + plain)
      // The first and last digits hold bits of what stands beside.
      needles.append(String(decoding: digits.dropFirst(padding == 0 ? 0 : 4).dropLast(4), as: UTF8.self))
    }
    return needles.contains { output.contains($0) }
  }

  private var encodedPassword: String { String(decoding: Wrapping.base64(Array(password.utf8)), as: UTF8.self) }

  private func bytes(_ form: Form, _ random: inout SeededGenerator) -> [UInt8] {
    switch form {
    case .protobuf: protobuf(isReordered: false, &random)
    case .protobufReordered: protobuf(isReordered: true, &random)
    case .json: Array((json(members) + "\n").utf8)
    case .jsonSorted: Array((json(members.sorted { $0.name < $1.name }) + "\n").utf8)
    case .jsonShuffled: Array(json(members.shuffled(using: &random)).utf8)
    case .jsonPretty: Array(pretty(members.shuffled(using: &random)).utf8)
    case .jsonEscaped: Array(escaped(members.shuffled(using: &random), &random).utf8)
    case .jsonList: Array(#"{"kind":"List","apiVersion":"v1","metadata":{},"items":[\#(json(members))]}"#.utf8)
    case .yaml: Array(yaml(members.sorted { $0.name < $1.name }, quote: "").utf8)
    case .yamlShuffled: Array(yaml(members.shuffled(using: &random), quote: "").utf8)
    case .yamlQuoted: Array(yaml(members.shuffled(using: &random), quote: random.one(of: ["\"", "'"])).utf8)
    case .yamlFlow: Array(flow(members.shuffled(using: &random), separator: " ").utf8)
    case .yamlFlowLines: Array(flow(members.shuffled(using: &random), separator: "\n  ").utf8)
    case .cbor: [0xD9, 0xD9, 0xF7] + cbor(members.shuffled(using: &random), isText: random.isOne(in: 2))
    case .cborUntagged: cbor(members.shuffled(using: &random), isText: random.isOne(in: 2))
    }
  }

  // MARK: Protobuf

  private static func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    var writer = ProtobufWriter(keepsDefaults: true)
    writer.bytes(number, bytes)
    return writer.bytes
  }

  private func protobuf(isReordered: Bool, _ random: inout SeededGenerator) -> [UInt8] {
    let field = Self.field
    let metadata = field(1, Array(name.utf8)) + field(3, Array("default".utf8))
    let entry = field(1, Array("password".utf8)) + field(2, Array(password.utf8))
    var secret = [field(1, metadata), field(2, entry), field(3, Array("Opaque".utf8))]
    if isReordered { secret.shuffle(using: &random) }
    var type = [field(1, Array("v1".utf8)), field(2, Array("Secret".utf8))]
    if isReordered { type.shuffle(using: &random) }
    var unknown = [field(1, Array(type.joined())), field(2, Array(secret.joined())), field(3, []), field(4, [])]
    if isReordered { unknown.shuffle(using: &random) }
    return Array("k8s\0".utf8) + unknown.joined()
  }

  // MARK: Text

  /// A member of an object: a text, or members.
  private indirect enum Member {
    case text(String, String)
    case object(String, [Member])

    var name: String {
      switch self {
      case .text(let name, _), .object(let name, _): name
      }
    }
  }

  private var members: [Member] {
    [
      .text("kind", "Secret"), .text("apiVersion", "v1"),
      .object("metadata", [.text("name", name), .text("namespace", "default")]),
      .object("data", [.text("password", encodedPassword)]), .text("type", "Opaque"),
    ]
  }

  private func json(_ members: [Member]) -> String {
    let members = members.map { member in
      switch member {
      case .text(let name, let value): "\"\(name)\":\"\(value)\""
      case .object(let name, let members): "\"\(name)\":\(json(members))"
      }
    }
    return "{\(members.joined(separator: ","))}"
  }

  private func pretty(_ members: [Member], _ indentation: String = "  ") -> String {
    let members = members.map { member in
      switch member {
      case .text(let name, let value): "\(indentation)\"\(name)\": \"\(value)\""
      case .object(let name, let members): "\(indentation)\"\(name)\": \(pretty(members, indentation + "  "))"
      }
    }
    return "{\n\(members.joined(separator: ",\n"))\n\(indentation.dropLast(2))}"
  }

  private func escaped(_ members: [Member], _ random: inout SeededGenerator) -> String {
    func escaped(_ text: String) -> String {
      text.map { letter in
        guard random.isOne(in: 3), let value = letter.asciiValue else { return String(letter) }
        return "\\u00" + String(value, radix: 16)
      }.joined()
    }
    let members = members.map { member in
      switch member {
      case .text(let name, let value): "\"\(escaped(name))\":\"\(escaped(value))\""
      case .object(let name, let members): "\"\(escaped(name))\":\(self.escaped(members, &random))"
      }
    }
    return "{\(members.joined(separator: ","))}"
  }

  private func yaml(_ members: [Member], quote: String, _ indentation: String = "") -> String {
    members.map { member in
      switch member {
      case .text(let name, let value): "\(indentation)\(quote)\(name)\(quote): \(quote)\(value)\(quote)\n"
      case .object(let name, let members):
        "\(indentation)\(quote)\(name)\(quote):\n\(yaml(members, quote: quote, indentation + "  "))"
      }
    }.joined()
  }

  private func flow(_ members: [Member], separator: String) -> String {
    let members = members.map { member in
      switch member {
      case .text(let name, let value): "\(name): \(value)"
      case .object(let name, let members): "\(name): \(flow(members, separator: separator))"
      }
    }
    let gap = separator == " " ? "" : separator
    return "{\(gap)\(members.joined(separator: ",\(separator)"))\(gap)}"
  }

  // MARK: CBOR

  private func cbor(_ members: [Member], isText: Bool) -> [UInt8] {
    func string(_ text: String) -> [UInt8] {
      let type: UInt8 = isText ? 0x60 : 0x40
      let count = text.utf8.count
      return (count < 24 ? [type | UInt8(count)] : [type | 24, UInt8(count)]) + text.utf8
    }
    return [0xA0 | UInt8(members.count)]
      + members.flatMap { member in
        switch member {
        case .text(let name, let value): string(name) + string(value)
        case .object(let name, let members): string(name) + cbor(members, isText: isText)
        }
      }
  }
}

extension CanarySecret.Cover {
  /// `object` in this cover; as it is where it can't be covered so.
  func wrap(_ object: [UInt8], isText: Bool, _ random: inout SeededGenerator) -> [UInt8] {
    func marked(_ mark: [UInt8]) -> [UInt8] { random.isOne(in: 2) ? mark : [] }
    switch self {
    case .none: return object
    case .mark: return isText ? [0xEF, 0xBB, 0xBF] + object : object
    case .utf16Little where isText: return marked([0xFF, 0xFE]) + Wrapping.wide(object)
    case .utf16Big where isText: return marked([0xFE, 0xFF]) + Wrapping.wide(object, bigEndian: true)
    case .utf32Little where isText: return marked([0xFF, 0xFE, 0, 0]) + Wrapping.wide(object, bytes: 4)
    case .utf32Big where isText: return marked([0, 0, 0xFE, 0xFF]) + Wrapping.wide(object, bytes: 4, bigEndian: true)
    case .utf16Little, .utf16Big, .utf32Little, .utf32Big: return object
    case .base64: return Wrapping.base64(object)
    case .base64URL: return Wrapping.base64URL(object)
    case .base64Lines: return Wrapping.base64(object, line: random.one(of: [64, 76]))
    case .hex: return Wrapping.hex(object)
    case .hexUppercase: return Wrapping.hex(object, uppercase: true)
    case .gzip: return Wrapping.gzip(object)
    case .zlib: return Wrapping.zlib(object)
    case .string: return isText ? Wrapping.string(object) : object
    }
  }
}
