import ByteViews

/// An object in the clear among other bytes: what follows it may be anything, and its end may be missing.
///
/// Found in bytes that no page owns any more, also wrapped in UTF-16, UTF-32, hexadecimal, base64 or compression. As far as
/// the object is there, it tells of itself what a whole one does; contents are never read.
public struct ObjectRemnant: Hashable, Sendable {
  /// Whether the object is wrapped, in UTF-16 for instance.
  public let isWrapped: Bool
  /// How the object is written.
  public let encoding: Encoding
  /// What it tells of itself.
  public let outline: ObjectOutline
  /// The built-in resource whose objects, or lists of them, are of its group and kind; nil of any other. Of an object that
  /// carries others, secrets, if one of these is a Secret.
  public let builtIn: BuiltInResource.ID?
  /// Where in the bytes it ends, or what is left of it does.
  public let end: Int
  /// Whether the bytes end before it does.
  public let isCut: Bool
  /// Bytes in the object, were it whole; nil where it does not tell.
  public let byteCount: Int?
  /// Up to where in the bytes a text that looks like an object is a quotation: the object's own structure shows that it
  /// belongs to it.
  public let quotationEnd: Int

  /// The object that begins at `offset` of `bytes`; nil when none does that states its apiVersion and kind.
  ///
  /// O(length of the object); O(1) where nothing begins like one.
  public init?(in bytes: RawSpan, at offset: Int) {
    var examined = 0
    self.init(in: bytes, at: offset, startsValue: true, examined: &examined)
  }

  /// The object that begins at `offset` of `bytes`; nil when none does that states its apiVersion and kind.
  ///
  /// - Parameters:
  ///   - bytes: the bytes to look at, to their end.
  ///   - offset: where in `bytes` the object begins.
  ///   - startsValue: whether a value is known to begin there. What begins among other bytes must show more of itself to be
  ///     unwrapped: digits may be anything.
  ///   - examined: grows by the bytes that had to be looked at, also where there is no object: what looks like the beginning
  ///     of one may be a forger's, over and over.
  public init?(in bytes: RawSpan, at offset: Int, startsValue: Bool = false, examined: inout Int) {
    var mayGoOn = false
    self.init(in: bytes, at: offset, startsValue: startsValue, examined: &examined, mayGoOn: &mayGoOn)
  }

  /// As ``init(in:at:startsValue:examined:)``.
  ///
  /// - Parameter mayGoOn: becomes true where the bytes end too early to tell whether an object begins there, or where it
  ///   ends.
  package init?(
    in bytes: RawSpan, at offset: Int, startsValue: Bool = false, examined: inout Int, mayGoOn: inout Bool
  ) {
    let rest = bytes.extracting(offset..<bytes.byteCount)
    guard let encoding = bytes.objectEncoding(at: offset) else {
      guard startsValue || bytes.hasWrappedObject(at: offset) else { return nil }
      self.init(wrapped: rest, at: offset, &examined, &mayGoOn)
      return
    }
    let reading = ObjectDraft.Reading(remnant: rest, encoding)
    examined += reading.end
    mayGoOn = reading.mayGoOn
    let quotationEnd = encoding == .protobuf ? UnknownRemnant(rest).quotationEnd(in: rest) : reading.end
    let carried =
      reading.draft?.isCarrier == true && rest.extracting(first: min(reading.end, rest.byteCount)).holdsSecretKind
    self.init(reading, encoding, at: offset, quotationEnd: quotationEnd, holdsSecret: carried)
  }

  /// The object that `bytes` begin with, wrapped in UTF-16 for instance.
  private init?(wrapped bytes: RawSpan, at offset: Int, _ examined: inout Int, _ mayGoOn: inout Bool) {
    guard let wrapping = bytes.wrapping else { return nil }
    let count = bytes.bytes(of: wrapping)
    // What is left may be the beginning of one more letter, in UTF-32 for instance.
    mayGoOn = count + 4 > bytes.byteCount
    examined += count
    let unwrapped = bytes.extracting(first: count).withUnwrapped(&examined) {
      text -> (ObjectDraft.Reading, Encoding, Bool)? in
      Encoding(firstBytesOf: text).map {
        let reading = ObjectDraft.Reading(remnant: text, $0)
        return (reading, $0, reading.draft?.isCarrier == true && text.holdsSecretKind)
      }
    }
    guard let (found, encoding, carried) = unwrapped else { return nil }
    var reading = found
    reading.end = count
    reading.isCut = reading.isCut && count == bytes.byteCount
    reading.byteCount = nil
    self.init(reading, encoding, at: offset, quotationEnd: count, isWrapped: true, holdsSecret: carried)
  }

  private init?(
    _ reading: ObjectDraft.Reading, _ encoding: Encoding, at offset: Int, quotationEnd: Int, isWrapped: Bool = false,
    holdsSecret: Bool
  ) {
    self.isWrapped = isWrapped
    guard let draft = reading.draft else { return nil }
    guard let group = draft.group, !draft.kind.isEmpty else { return nil }
    self.encoding = encoding
    outline = ObjectOutline(draft)
    builtIn =
      draft.isCarrier
      ? holdsSecret ? BuiltInResource.of(.secrets) : nil : BuiltInResource.of(group: group, kind: draft.kind)
    end = offset + reading.end
    isCut = reading.isCut
    byteCount = reading.isCut ? reading.byteCount : reading.end
    self.quotationEnd = offset + quotationEnd
  }
}

extension ObjectDraft {
  /// What came of reading an object whose end may be missing.
  struct Reading {
    /// What was read; nil when it is no object.
    var draft: ObjectDraft?
    /// Bytes that were looked at.
    var end: Int
    /// Whether the bytes end before the object does.
    var isCut: Bool
    /// Bytes in the object, as far as it tells.
    var byteCount: Int?
    /// Whether more bytes might make another object of it, or end it elsewhere.
    var mayGoOn: Bool
  }

  /// Whether it is an object that carries others.
  fileprivate var isCarrier: Bool {
    guard let group, !kind.isEmpty else { return false }
    let texts = (Array(group.utf8), Array(kind.utf8))
    return RawSpan.isCarrier(group: texts.0.rawSpan, kind: texts.1.rawSpan)
  }

  /// The group that the apiVersion names, empty for the core group; nil where there is no apiVersion.
  fileprivate var group: String? {
    guard !apiVersion.isEmpty else { return nil }
    return apiVersion.firstIndex(of: "/").map { String(apiVersion[..<$0]) } ?? ""
  }
}

extension ObjectDraft.Reading {
  /// Reads the object that `bytes` begin with, as far as it is there.
  init(remnant bytes: RawSpan, _ encoding: Encoding) {
    switch encoding {
    case .protobuf: self.init(protobufRemnant: bytes)
    case .json: self.init(jsonRemnant: bytes)
    case .cbor: self.init(cborRemnant: bytes)
    case .base64Protobuf: self.init(base64Remnant: bytes)
    case .yaml: self.init(yamlRemnant: bytes)
    }
  }

  private init(jsonRemnant text: RawSpan) {
    let (draft, end, error) = ObjectDraft.read(json: text)
    let isCut = error?.code == .truncated
    self.init(draft: draft, end: error?.offset ?? end, isCut: isCut, byteCount: nil, mayGoOn: isCut)
  }

  private init(cborRemnant bytes: RawSpan) {
    let (draft, end, error) = ObjectDraft.read(cbor: bytes)
    let isCut = error?.code == .truncated
    self.init(
      draft: draft, end: min(error?.offset ?? end, bytes.byteCount), isCut: isCut, byteCount: nil, mayGoOn: isCut)
  }

  /// Text ends at the first byte that YAML does not have, or before the marker of another document (YAML 1.2.2 §9.1.2),
  /// which is an object of its own; what lies in front of the last whole line is read.
  private init(yamlRemnant bytes: RawSpan) {
    var end = 0
    var lineEnd = 0
    while let byte = bytes.peek(at: end), byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x09 || byte == 0x0D {
      end += 1
      if byte == 0x0A { lineEnd = end }
      if byte == 0x0A, bytes.holds("---", at: end), bytes.peek(at: end + 3).map({ $0 <= 0x20 }) ?? true { break }
    }
    let draft =
      lineEnd == 0
      ? nil : ObjectDraft(yaml: bytes.extracting(first: end)) ?? ObjectDraft(yaml: bytes.extracting(first: lineEnd))
    // The marker is told by the byte behind it.
    self.init(
      draft: draft, end: end, isCut: end == bytes.byteCount, byteCount: nil, mayGoOn: end + 4 > bytes.byteCount)
  }

  private init(base64Remnant text: RawSpan) {
    var end = 0
    while let byte = text.peek(at: end), byte.isBase64Digit { end += 1 }
    let decoded = text.extracting(first: end).withBase64Decoded { ObjectDraft.Reading(protobufRemnant: $0) }
    while text.peek(at: end) == UInt8(ascii: "=") { end += 1 }
    let mayGoOn = end == text.byteCount
    self.init(draft: decoded.draft, end: end, isCut: decoded.isCut && mayGoOn, byteCount: nil, mayGoOn: mayGoOn)
  }

  /// `k8s\0`, then `runtime.Unknown`: typeMeta 1 {apiVersion 1, kind 2}, raw 2, contentEncoding 3, contentType 4, each
  /// once; API servers write them in this order, and read them in any.
  private init(protobufRemnant bytes: RawSpan) {
    let unknown = UnknownRemnant(bytes)
    guard let type = unknown.typeMeta else {
      self.init(draft: nil, end: unknown.end, isCut: false, byteCount: unknown.byteCount, mayGoOn: unknown.isCut)
      return
    }
    var draft = ObjectDraft()
    draft.readTypeMeta(remnant: bytes.extracting(type))
    if let more = unknown.secondTypeMeta { draft.readTypeMeta(remnant: bytes.extracting(more)) }
    guard let raw = unknown.raw else {
      let isCut = unknown.end >= bytes.byteCount - 10
      self.init(
        draft: draft, end: unknown.end, isCut: isCut, byteCount: nil, mayGoOn: isCut || unknown.isCut)
      return
    }
    draft.readObject(remnant: bytes.extracting(raw))
    self.init(
      draft: draft, end: unknown.end, isCut: unknown.isCut, byteCount: unknown.byteCount, mayGoOn: unknown.isCut)
  }
}

extension ObjectDraft {
  fileprivate mutating func readTypeMeta(remnant message: RawSpan) {
    var reader = CutMessageReader(message)
    while let field = reader.next() {
      guard let payload = field.payload else { continue }
      switch field.number {
      case 1: apiVersion = BoundedText(message, in: payload).string
      case 2: kind = BoundedText(message, in: payload).string
      default: break
      }
    }
  }

  /// The numbers are those of `ObjectDraft.init(protobuf:)`.
  fileprivate mutating func readObject(remnant message: RawSpan) {
    var reader = CutMessageReader(message)
    while let field = reader.next() {
      guard let payload = field.payload else { continue }
      switch field.number {
      case 1: readMetadata(remnant: message.extracting(payload))
      case 2 where isSecret, 4 where isSecret: readEntry(remnant: message.extracting(payload))
      case 3 where isSecret && payload.count == field.byteCount: type = BoundedText(message, in: payload).string
      default: break
      }
    }
  }

  private mutating func readMetadata(remnant message: RawSpan) {
    var reader = CutMessageReader(message)
    while let field = reader.next() {
      guard let payload = field.payload, payload.count == field.byteCount else { continue }
      switch field.number {
      case 1: name = BoundedText(message, in: payload).string
      case 3: namespace = BoundedText(message, in: payload).string
      default: break
      }
    }
  }

  private mutating func readEntry(remnant message: RawSpan) {
    var reader = CutMessageReader(message)
    var key: String?
    var count: Int?
    while let field = reader.next() {
      guard let payload = field.payload else { continue }
      switch field.number {
      case 1 where payload.count == field.byteCount: key = BoundedText(message, in: payload).string
      case 2: count = field.byteCount
      default: break
      }
    }
    if let key, let count { data.record(key, bytes: count) }
  }
}
