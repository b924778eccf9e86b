import ProtobufWire

/// A definition of custom resources in the making: every field that was read so far.
struct CustomResourceDraft {
  private var name = ""
  private var group = ""
  private var plural = ""
  private(set) var kind = ""
  private(set) var scope = ""

  /// What the specification says, or else the object's name, which an API server makes of plural and group.
  var resource: GroupResource? {
    if !group.isEmpty, !plural.isEmpty { return GroupResource(plural, group: group) }
    let parts = name.split(separator: ".", maxSplits: 1)
    return parts.count == 2 ? GroupResource(String(parts[0]), group: String(parts[1])) : nil
  }
}

extension CustomResourceDraft {
  /// Reads as much as can be read of the object in `value`, whose type has been checked; nil when it holds none.
  init?(of value: RawSpan) {
    switch Encoding(firstBytesOf: value) {
    case .json: self.init(json: value)
    case .protobuf: self.init(protobuf: value)
    case .base64Protobuf: self = value.withBase64Decoded { CustomResourceDraft(protobuf: $0) }
    case .cbor: self.init(nameOf: ObjectOutline(of: value, encoding: .cbor))
    case .yaml: self.init(nameOf: ObjectOutline(of: value, encoding: .yaml))
    case nil: return nil
    }
  }

  private init(nameOf object: ObjectOutline?) {
    name = object?.name ?? ""
  }
}

// MARK: JSON

extension CustomResourceDraft {
  private enum Member: String {
    case metadata, name, spec, group, names, plural, kind, scope
  }

  /// Reads a JSON object up to its end or the first damage. Of members that occur twice the last one counts.
  private init(json text: RawSpan) {
    var reader = JSONReader(text)
    var path = MemberPath<Member>()
    while let token = try? reader.next() {
      path.follow(token, depth: reader.depth, in: text)
      guard case .string(let string) = token, (2...3).contains(reader.depth) else { continue }
      switch (reader.depth, path[1], path[2], path[3]) {
      case (2, .metadata, .name, _): name = BoundedText(string, in: text).string
      case (2, .spec, .group, _): group = BoundedText(string, in: text).string
      case (2, .spec, .scope, _): scope = BoundedText(string, in: text).string
      case (3, .spec, .names, .plural): plural = BoundedText(string, in: text).string
      case (3, .spec, .names, .kind): kind = BoundedText(string, in: text).string
      default: break
      }
    }
  }
}

// MARK: Protobuf

extension CustomResourceDraft {
  /// Reads the message behind `k8s\0` up to its end or the first damage; later fields win.
  ///
  /// apiextensions v1 and v1beta1 generated.proto, CustomResourceDefinition: metadata 1, spec 2.
  private init(protobuf value: RawSpan) {
    guard let message = value.protobufObject else { return }
    do throws(WireError) {
      var reader = WireReader(message)
      while let field = try reader.next() {
        switch field.number {
        case 1: try message.message(of: field).readNameOfMetadata(into: &name)
        case 2: try readSpec(message.message(of: field))
        default: break
        }
      }
    } catch {}
  }

  /// CustomResourceDefinitionSpec: group 1, names 3, scope 4.
  private mutating func readSpec(_ message: RawSpan) throws(WireError) {
    var reader = WireReader(message)
    while let field = try reader.next() {
      switch field.number {
      case 1: group = try message.name(of: field)
      case 3: try readNames(message.message(of: field))
      case 4: scope = try message.name(of: field)
      default: break
      }
    }
  }

  /// CustomResourceDefinitionNames: plural 1, kind 4.
  private mutating func readNames(_ message: RawSpan) throws(WireError) {
    var reader = WireReader(message)
    while let field = try reader.next() {
      switch field.number {
      case 1: plural = try message.name(of: field)
      case 4: kind = try message.name(of: field)
      default: break
      }
    }
  }
}
