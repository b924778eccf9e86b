import ByteViews
import ProtobufWire

/// What a value in the clear is, held against the etcd key under which it lies.
public enum ObjectMatch: Hashable, Sendable {
  /// The object that the key names.
  case itself
  /// An object of another kind, namespace or name than the key's.
  case another
  /// No Kubernetes object that can be read to its end.
  case notAnObject

  /// Holds the object that all of `value` is against `path`, the path of `key`; without a path, any object is the right
  /// one.
  ///
  /// Protobuf and JSON, as API servers write them, take no allocation. Messages of the object that all kinds share are
  /// followed, and so are the data of a Secret; data themselves are never looked at. O(fields), of JSON O(length).
  public init(of value: RawSpan, at path: ResourcePath?, in key: RawSpan) {
    let match = value.withObjectNames { names -> ObjectMatch in
      if let path, names.fit(path, in: key) { return .itself }
      return names.areText ? path == nil ? .itself : .another : .notAnObject
    }
    self = match ?? .notAnObject
  }

  /// Hands the etcd key at which the API server that owns `key`, of the path given, would keep the object that `value` is
  /// to `body`; nil when the object does not tell.
  ///
  /// A custom resource does not name its directory: that of `key` is taken if the group is the same. The key is put together
  /// in memory that is wiped when `body` returns.
  public static func withHome<Result>(
    of value: RawSpan, beside key: RawSpan, _ path: ResourcePath, prefixBytes: Int, _ body: (RawSpan) -> Result
  ) -> Result? {
    value.withObjectNames { $0.withHome(beside: key, path, prefixBytes: prefixBytes, body) } ?? nil
  }

  /// Whether `value` begins like an object as API servers store it: the rest may be anything.
  public static func isBeginning(of value: RawSpan) -> Bool {
    switch Encoding(firstBytesOf: value) {
    case .protobuf, .cbor, .base64Protobuf: true
    case .json: value.peek(at: value.skippingSpace(from: value.skippingSpace(from: 0) + 1)) == UInt8(ascii: "\"")
    // Any letter may be the first of a YAML document.
    case .yaml: value.holds("apiVersion:", at: 0)
    case nil: false
    }
  }
}

/// What an object says of itself. Kind and name are not empty.
private struct ObjectNames: ~Escapable {
  let apiVersion: RawSpan
  let kind: RawSpan
  let namespace: RawSpan
  let name: RawSpan

  @_lifetime(copy apiVersion, copy kind, copy namespace, copy name)
  private init(apiVersion: RawSpan, kind: RawSpan, namespace: RawSpan, name: RawSpan) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// Hands the names to `body`; nil when they are no object's.
  static func with<Result>(
    apiVersion: RawSpan, kind: RawSpan, namespace: RawSpan, name: RawSpan, _ body: (ObjectNames) -> Result
  ) -> Result? {
    guard !apiVersion.isEmpty, !kind.isEmpty, !name.isEmpty else { return nil }
    return body(ObjectNames(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name))
  }

  /// Whether all of it is text: otherwise they are no names.
  var areText: Bool {
    apiVersion.isUTF8(in: 0..<apiVersion.byteCount) && kind.isUTF8(in: 0..<kind.byteCount)
      && namespace.isUTF8(in: 0..<namespace.byteCount) && name.isUTF8(in: 0..<name.byteCount)
  }

  /// Whether the object is the one that lies at `path` in `key`.
  func fit(_ path: ResourcePath, in key: RawSpan) -> Bool {
    let keyNamespace = key.extracting(path.namespace ?? 0..<0)
    return name.isEqual(to: key.extracting(path.name)) && namespace.isEqual(to: keyNamespace)
      && typeFits(path.directory, in: key)
  }

  /// See ``ObjectMatch/withHome(of:beside:_:prefixBytes:_:)``.
  func withHome<Result>(
    beside key: RawSpan, _ path: ResourcePath, prefixBytes: Int, _ body: (RawSpan) -> Result
  ) -> Result? {
    guard let resource = resource(beside: key, path) else { return nil }
    let prefix = EtcdPrefix(bytes: (0..<prefixBytes).map { key.byte(at: $0) })
    let directory = Array(ResourcePath.directory(of: resource, in: StorageTree(below: prefix)).utf8)
    let capacity = prefixBytes + directory.count + namespace.byteCount + name.byteCount + 3
    return unsafe withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 1) { buffer in
      // Sound: the parts and a slash before each take no more than the capacity, and no byte is read that was not written.
      defer { unsafe wipe(buffer) }
      var count = 0
      func append(_ part: RawSpan) {
        for offset in 0..<part.byteCount { unsafe buffer[count + offset] = part.byte(at: offset) }
        count += part.byteCount
      }
      func appendSlash() {
        unsafe buffer[count] = EtcdPrefix.slash
        count += 1
      }
      append(key.extracting(first: prefixBytes))
      appendSlash()
      append(directory.rawSpan)
      if !namespace.isEmpty {
        appendSlash()
        append(namespace)
      }
      appendSlash()
      append(name)
      return unsafe body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
  }

  private func resource(beside key: RawSpan, _ path: ResourcePath) -> GroupResource? {
    if let builtIn = BuiltInResource.of(group: group, kind: kind) { return BuiltInResource[builtIn].resource }
    guard let resource = path.resource(in: key), group.isText(resource.group) else { return nil }
    return resource
  }

  /// The group is what stands before the slash of the apiVersion.
  private var group: RawSpan {
    @_lifetime(copy self)
    get { apiVersion.extracting(first: apiVersion.offset(of: UInt8(ascii: "/"), from: 0) ?? 0) }
  }

  /// Of a custom resource the key does not tell the kind, of an unknown one nothing. A built-in kind may be stored in the
  /// name of a group that is not known to have had it.
  private func typeFits(_ directory: ResourcePath.Directory, in key: RawSpan) -> Bool {
    switch directory {
    case .builtIn(let resource):
      if let own = BuiltInResource.of(group: group, kind: kind) { return own == resource }
      return kind.isText(BuiltInResource[resource].kind)
    case .custom(let group, _): return self.group.isEqual(to: key.extracting(group))
    case .internalRecord, .unknown: return true
    }
  }
}

extension RawSpan {
  /// Hands the names of the object that all of this value is to `body`; nil when it is none.
  fileprivate func withObjectNames<Result>(_ body: (ObjectNames) -> Result) -> Result? {
    switch Encoding(firstBytesOf: self) {
    case .protobuf: withProtobufNames(body)
    case .json: withJSONNames(body)
    case .cbor: ObjectDraft(cbor: self).flatMap { $0.withNames(body) }
    case .yaml: ObjectDraft(yaml: self).flatMap { $0.withNames(body) }
    case .base64Protobuf: withBase64Decoded { $0.withProtobufNames(body) }
    case nil: nil
    }
  }

  /// apimachinery pkg/runtime/generated.proto: `k8s\0`, then typeMeta 1 {apiVersion 1, kind 2}, raw 2.
  private func withProtobufNames<Result>(_ body: (ObjectNames) -> Result) -> Result? {
    guard holds("k8s\u{0}", at: 0) else { return nil }
    let unknown = extracting(4..<byteCount)
    do throws(WireError) {
      var type = 0..<0
      var raw = 0..<0
      var reader = WireReader(unknown)
      while let field = try reader.next() {
        switch field.number {
        case 1: type = try field.bytes()
        case 2: raw = try field.bytes()
        default: break
        }
      }
      let typeMeta = unknown.extracting(type)
      let (apiVersion, kind) = try typeMeta.texts(1, 2)
      let object = unknown.extracting(raw)
      let isSecret = typeMeta.extracting(kind).equals("Secret") && typeMeta.extracting(apiVersion).equals("v1")
      let metadata = object.extracting(try object.metadata(followingData: isSecret))
      let (name, namespace) = try metadata.texts(1, 3)
      return ObjectNames.with(
        apiVersion: typeMeta.extracting(apiVersion), kind: typeMeta.extracting(kind),
        namespace: metadata.extracting(namespace), name: metadata.extracting(name), body)
    } catch {
      return nil
    }
  }

  /// Where the metadata of an object lie: field 1 of every kind. All of its fields are read, and of a Secret the entries
  /// of data (2) and stringData (4).
  private func metadata(followingData: Bool) throws(WireError) -> Range<Int> {
    var metadata = 0..<0
    var reader = WireReader(self)
    while let field = try reader.next() {
      switch field.number {
      case 1: metadata = try field.bytes()
      case 2 where followingData, 4 where followingData: _ = try extracting(field.bytes()).texts(1, 2)
      default: break
      }
    }
    return metadata
  }

  /// Where two fields of bytes lie in this message, which is read to its end; of one that is missing an empty range.
  private func texts(_ first: UInt32, _ second: UInt32) throws(WireError) -> (Range<Int>, Range<Int>) {
    var found = (0..<0, 0..<0)
    var reader = WireReader(self)
    while let field = try reader.next() {
      if field.number == first { found.0 = try field.bytes() }
      if field.number == second { found.1 = try field.bytes() }
    }
    return found
  }

  /// Of members that occur twice the last one counts.
  private func withJSONNames<Result>(_ body: (ObjectNames) -> Result) -> Result? {
    var reader = JSONReader(self)
    var member: JSONString?
    var section: JSONString?
    var (apiVersion, kind, namespace, name): (JSONString?, JSONString?, JSONString?, JSONString?)
    do throws(SyntaxError) {
      guard try reader.next() == .objectStart else { return nil }
      while let token = try reader.next() {
        switch (token, reader.depth) {
        case (.key(let key), 1): section = key
        case (.key(let key), 2): member = key
        case (.objectStart, 2), (.arrayStart, 2): member = nil
        case (.string(let string), 1):
          if section?.equals("apiVersion", in: self) == true { apiVersion = string }
          if section?.equals("kind", in: self) == true { kind = string }
        case (.string(let string), 2):
          guard section?.equals("metadata", in: self) == true else { break }
          if member?.equals("namespace", in: self) == true { namespace = string }
          if member?.equals("name", in: self) == true { name = string }
        default: break
        }
      }
    } catch {
      return nil
    }
    guard reader.isAtEnd, let apiVersion, let kind, let name else { return nil }
    return withText(apiVersion) { apiVersion in
      withText(kind) { kind in
        withText(name) { name in
          withText(namespace) { namespace in
            ObjectNames.with(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name, body)
          }
        }
      }
    }
  }

  /// Hands what `string`, which was read from this text, stands for to `body`.
  private func withText<Result>(_ string: JSONString?, _ body: (RawSpan) -> Result) -> Result {
    guard let string else { return body(extracting(0..<0)) }
    guard string.hasEscapes else { return body(extracting(string.content)) }
    let text = Array(BoundedText(string, in: self).string.utf8)
    return body(text.rawSpan)
  }

  /// Whether these are the bytes of `text`.
  fileprivate func isText(_ text: String) -> Bool {
    var offset = 0
    for byte in text.utf8 {
      guard peek(at: offset) == byte else { return false }
      offset += 1
    }
    return offset == byteCount
  }

  fileprivate func isEqual(to other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var offset = 0
    while offset + 8 <= byteCount {
      guard word(at: offset) == other.word(at: offset) else { return false }
      offset += 8
    }
    return paddedWord(at: offset) == other.paddedWord(at: offset)
  }
}

extension ObjectDraft {
  fileprivate func withNames<Result>(_ body: (ObjectNames) -> Result) -> Result? {
    let (apiVersion, kind, namespace, name) = (
      Array(apiVersion.utf8), Array(kind.utf8), Array(namespace.utf8), Array(name.utf8)
    )
    return ObjectNames.with(
      apiVersion: apiVersion.rawSpan, kind: kind.rawSpan, namespace: namespace.rawSpan, name: name.rawSpan, body)
  }
}
