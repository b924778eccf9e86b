import ByteViews
import ProtobufWire

/// What an object says of its own type: apimachinery's `TypeMeta`. Neither text is empty.
struct TypeMeta: ~Escapable {
  /// Group and version, such as `v1` or `cert-manager.io/v1`.
  let apiVersion: RawSpan
  /// Such as `Secret`.
  let kind: RawSpan

  @_lifetime(copy apiVersion, copy kind)
  private init(apiVersion: RawSpan, kind: RawSpan) {
    self.apiVersion = apiVersion
    self.kind = kind
  }

  /// Hands a type of these texts to `body`; nil when one of them is empty.
  fileprivate static func with<Result>(
    apiVersion: RawSpan, kind: RawSpan, _ body: (TypeMeta) -> Result
  ) -> Result? {
    guard !apiVersion.isEmpty, !kind.isEmpty else { return nil }
    return body(TypeMeta(apiVersion: apiVersion, kind: kind))
  }

  /// Hands a type of these texts to `body`; nil when one of them is empty.
  fileprivate static func with<Result>(
    apiVersion: BoundedText, kind: BoundedText, _ body: (TypeMeta) -> Result
  ) -> Result? {
    let apiVersion = Array(apiVersion.string.utf8)
    let kind = Array(kind.string.utf8)
    return with(apiVersion: apiVersion.rawSpan, kind: kind.rawSpan, body)
  }

  /// What stands before the slash; nothing for the core group.
  var group: RawSpan {
    @_lifetime(copy self)
    get { apiVersion.extracting(first: apiVersion.offset(of: UInt8(ascii: "/"), from: 0) ?? 0) }
  }
}

extension RawSpan {
  /// Hands the type of the object in the clear that this value begins like to `body`; nil when it is none.
  ///
  /// Reads no further than to the first apiVersion and kind that are there, which in protobuf and JSON are the first
  /// bytes of all. Without allocation, but for CBOR, YAML and texts with escapes. O(what stands before them).
  func withTypeMeta<Result>(_ body: (TypeMeta) -> Result) -> Result? {
    switch Encoding(firstBytesOf: self) {
    case .protobuf: withProtobufTypeMeta(body)
    case .json: withJSONTypeMeta(body)
    case .cbor: withCBORTypeMeta(body)
    case .yaml: withYAMLTypeMeta(body)
    case .base64Protobuf:
      extracting(first: Self.base64HeadDigits).withBase64Decoded { $0.withProtobufTypeMeta(body) }
    case nil: nil
    }
  }

  /// A type's texts have at most 253 + 1 + 63 and 63 bytes.
  private static let base64HeadDigits = 1024

  /// apimachinery pkg/runtime/generated.proto: `k8s\0`, then typeMeta 1 {apiVersion 1, kind 2}.
  private func withProtobufTypeMeta<Result>(_ body: (TypeMeta) -> Result) -> Result? {
    if let texts = canonicalTypeTexts() {
      return TypeMeta.with(
        apiVersion: extracting(texts.apiVersion), kind: extracting(texts.kind), body)
    }
    guard holds("k8s\u{0}", at: 0) else { return nil }
    let unknown = extracting(4..<byteCount)
    var apiVersion = 0..<0
    var kind = 0..<0
    do throws(WireError) {
      var reader = WireReader(unknown)
      while let field = try reader.next() {
        guard field.number == 1 else { continue }
        // Of a message in two pieces, protobuf takes both (protobuf.dev, "Encoding").
        let start = try field.bytes().lowerBound
        let message = unknown.extracting(try field.bytes())
        var reader = WireReader(message)
        while let field = try reader.next() {
          switch field.number {
          case 1: apiVersion = try field.bytes().shifted(by: start)
          case 2: kind = try field.bytes().shifted(by: start)
          default: break
          }
        }
        guard apiVersion.isEmpty || kind.isEmpty else { break }
      }
    } catch {}
    return TypeMeta.with(apiVersion: unknown.extracting(apiVersion), kind: unknown.extracting(kind), body)
  }

  /// Where apiVersion and kind lie in protobuf as every API server writes it: both texts shorter than 128 bytes, once and
  /// in this order, and nothing else in typeMeta.
  private func canonicalTypeTexts() -> (apiVersion: Range<Int>, kind: Range<Int>)? {
    guard let typeMetaEnd else { return nil }
    let apiVersion = 8..<(8 + Int(byte(at: 7)))
    let kind = (apiVersion.upperBound + 2)..<max(apiVersion.upperBound + 2, typeMetaEnd)
    guard kind.upperBound == typeMetaEnd, byte(at: kind.lowerBound - 2) == 0x12,
      Int(byte(at: kind.lowerBound - 1)) == kind.count, kind.count < 0x80
    else { return nil }
    return (apiVersion, kind)
  }

  /// Where typeMeta ends in protobuf that begins as every API server writes it: `k8s\0`, then typeMeta of less than 128
  /// bytes, and in it first an apiVersion of less than 128 bytes.
  var typeMetaEnd: Int? {
    guard byteCount >= 8, word(at: 0) & 0x80FF_80FF_FFFF_FFFF == 0x000A_000A_0073_386B else { return nil }
    let end = 6 + Int(byte(at: 5))
    return end <= byteCount ? end : nil
  }

  private func withJSONTypeMeta<Result>(_ body: (TypeMeta) -> Result) -> Result? {
    var reader = JSONReader(self)
    var member: JSONString?
    var apiVersion: JSONString?
    var kind: JSONString?
    while let token = try? reader.next() {
      switch (token, reader.depth) {
      case (.key(let key), 1):
        member = key
      case (.string(let string), 1):
        if let member, member.equals("apiVersion", in: self) { apiVersion = string }
        if let member, member.equals("kind", in: self) { kind = string }
        guard let apiVersion, let kind else { break }
        guard apiVersion.hasEscapes || kind.hasEscapes else {
          return TypeMeta.with(
            apiVersion: extracting(apiVersion.content), kind: extracting(kind.content), body)
        }
        return TypeMeta.with(
          apiVersion: BoundedText(apiVersion, in: self), kind: BoundedText(kind, in: self), body)
      default:
        break
      }
    }
    return nil
  }

  private func withCBORTypeMeta<Result>(_ body: (TypeMeta) -> Result) -> Result? {
    var reader = CBORReader(self)
    var section: ObjectSection?
    var apiVersion: BoundedText?
    var kind: BoundedText?
    while let token = try? reader.next() {
      switch (token, reader.depth) {
      case (.key(let key), 1): section = ObjectSection(rawValue: BoundedText(key, in: self).string)
      case (.string(let string), 1) where section == .apiVersion: apiVersion = BoundedText(string, in: self)
      case (.string(let string), 1) where section == .kind: kind = BoundedText(string, in: self)
      default: break
      }
      if let apiVersion, let kind { return TypeMeta.with(apiVersion: apiVersion, kind: kind, body) }
    }
    return nil
  }

  /// Hands the type that two lines of this text state, `apiVersion:` and `kind:`, to `body`, whatever else it holds; nil
  /// when one is missing. What the reader of YAML can't follow, another one may. O(length).
  func withTypeLines<Result>(_ body: (TypeMeta) -> Result) -> Result? {
    guard let apiVersion = lineValue(of: "apiVersion:"), let kind = lineValue(of: "kind:") else { return nil }
    return TypeMeta.with(apiVersion: extracting(apiVersion), kind: extracting(kind), body)
  }

  /// What the first line that begins with `name` says, without quotes, spaces and a comment.
  private func lineValue(of name: StaticString) -> Range<Int>? {
    var line = 0
    while !holds(name, at: line) {
      guard let end = offset(of: 0x0A, from: line) else { return nil }
      line = end + 1
    }
    var start = line + name.utf8CodeUnitCount
    while let byte = peek(at: start), byte == 0x20 || byte == 0x09 || byte == 0x22 || byte == 0x27 { start += 1 }
    var end = start
    while let byte = peek(at: end), byte > 0x20, byte != 0x22, byte != 0x27 { end += 1 }
    return start..<end
  }

  private func withYAMLTypeMeta<Result>(_ body: (TypeMeta) -> Result) -> Result? {
    var reader = YAMLReader(self)
    var apiVersion: BoundedText?
    var kind: BoundedText?
    while let line = try? reader.next() {
      guard case .member(0, let key, let value?) = line, !value.isMultiline else { continue }
      switch ObjectSection(rawValue: BoundedText(key, in: self).string) {
      case .apiVersion: apiVersion = BoundedText(value, in: self)
      case .kind: kind = BoundedText(value, in: self)
      default: break
      }
      if let apiVersion, let kind { return TypeMeta.with(apiVersion: apiVersion, kind: kind, body) }
    }
    return nil
  }
}

extension Range<Int> {
  fileprivate func shifted(by offset: Int) -> Range<Int> { (lowerBound + offset)..<(upperBound + offset) }
}
