import ProtobufWire

/// A pod in the making: of its containers, only the one of a kube-apiserver is kept.
struct APIServerDraft {
  /// What was read of one container.
  struct Container {
    fileprivate var name = ""
    fileprivate(set) var image = ""
    fileprivate(set) var command = FlagList()
    fileprivate(set) var arguments = FlagList()
  }

  private(set) var podName = ""
  private(set) var nodeName = ""
  /// The first container named `kube-apiserver`.
  private(set) var apiServer: Container?

  /// Reads the object in `value`, whose type has been checked; nil when it is damaged, and in an encoding that pods are
  /// not stored in.
  init?(of value: RawSpan) {
    switch Encoding(firstBytesOf: value) {
    case .json:
      self.init(json: value)
    case .protobuf:
      self.init(protobuf: value)
    case .base64Protobuf:
      guard let draft = value.withBase64Decoded({ APIServerDraft(protobuf: $0) }) else { return nil }
      self = draft
    case .cbor, .yaml, nil:
      return nil
    }
  }

  private mutating func record(_ container: Container) {
    if apiServer == nil, container.name == "kube-apiserver" { apiServer = container }
  }
}

// MARK: JSON

extension APIServerDraft {
  fileprivate enum Member: String {
    case metadata, name, spec, nodeName, containers, image, command, args
  }

  private init?(json text: RawSpan) {
    var reader = JSONReader(text)
    var path = MemberPath<Member>()
    var container = Container()
    do throws(SyntaxError) {
      while let token = try reader.next() {
        path.follow(token, depth: reader.depth, in: text)
        switch (token, reader.depth, path[1], path[2]) {
        case (.string(let string), 2, .metadata, .name): podName = BoundedText(string, in: text).string
        case (.string(let string), 2, .spec, .nodeName): nodeName = BoundedText(string, in: text).string
        case (.objectStart, 4, .spec, .containers): container = Container()
        case (.string(let string), 4, .spec, .containers): container.record(string, as: path[4], in: text)
        case (.string(let string), 5, .spec, .containers): container.append(string, to: path[4], in: text)
        case (.objectEnd, 3, .spec, .containers): record(container)
        default: break
        }
      }
    } catch {
      return nil
    }
  }
}

extension APIServerDraft.Container {
  fileprivate mutating func record(_ string: JSONString, as member: APIServerDraft.Member?, in text: RawSpan) {
    switch member {
    case .name: name = BoundedText(string, in: text).string
    case .image: image = BoundedText(string, in: text).string
    default: break
    }
  }

  /// Takes an element of an array.
  fileprivate mutating func append(_ string: JSONString, to member: APIServerDraft.Member?, in text: RawSpan) {
    switch member {
    case .command: command.append(BoundedText(string, in: text).string)
    case .args: arguments.append(BoundedText(string, in: text).string)
    default: break
    }
  }
}

// MARK: Protobuf

extension APIServerDraft {
  /// core/v1 generated.proto, Pod: metadata 1, spec 2.
  private init?(protobuf value: RawSpan) {
    guard let message = value.protobufObject else { return nil }
    do throws(WireError) {
      var reader = WireReader(message)
      while let field = try reader.next() {
        switch field.number {
        case 1: try message.message(of: field).readNameOfMetadata(into: &podName)
        case 2: try readSpec(message.message(of: field))
        default: break
        }
      }
    } catch {
      return nil
    }
  }

  /// core/v1 generated.proto, PodSpec: containers 2, nodeName 10.
  private mutating func readSpec(_ message: RawSpan) throws(WireError) {
    var reader = WireReader(message)
    while let field = try reader.next() {
      switch field.number {
      case 2: record(try Container(message.message(of: field)))
      case 10: nodeName = try message.name(of: field)
      default: break
      }
    }
  }
}

extension APIServerDraft.Container {
  /// core/v1 generated.proto, Container: name 1, image 2, command 3, args 4.
  fileprivate init(_ message: RawSpan) throws(WireError) {
    var reader = WireReader(message)
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try message.name(of: field)
      case 2: image = try message.name(of: field)
      case 3: command.append(try message.name(of: field))
      case 4: arguments.append(try message.name(of: field))
      default: break
      }
    }
  }
}
