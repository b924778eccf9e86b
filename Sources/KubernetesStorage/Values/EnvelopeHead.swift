import ByteViews

/// How the encrypted values of one key begin, such as `k8s:enc:aescbc:v1:key1:`.
///
/// Tells of a value that begins so whether ``Classification/init(of:)`` would find the same envelope in it, in a fraction
/// of the time: of the values of a store, nearly all are encrypted with one of a few keys.
public struct EnvelopeHead: Sendable {
  /// All up to the colon that ends the name.
  private let bytes: ShortBytes
  /// Whose envelope it is.
  public let provider: Provider
  private let nameStart: Int
  /// Whether no other name can stand there, whatever follows.
  private let isOnlyName: Bool
  /// The key id of KMS v2.
  private let keyID: [UInt8]

  /// The head of `value`, of which this is the classification; nil unless it is encrypted, and there is one name alone
  /// that its key can have.
  public init?(of value: RawSpan, _ classification: Classification) {
    guard classification.valueClass == .encrypted, let envelope = classification.envelope,
      envelope.candidateNameEnds.count == 1, let name = envelope.keyName,
      let bytes = ShortBytes(value.extracting(first: name.upperBound + 1))
    else { return nil }
    let names = KeyNames(in: value, from: name.lowerBound, before: value.byteCount, provider: envelope.provider)
    let firstColon = value.offset(of: UInt8(ascii: ":"), from: name.lowerBound)
    // Of several colons, the first may be ruled out by the length of what follows it, which differs from value to value.
    guard names.isOnlyName || firstColon == name.upperBound else { return nil }
    self.bytes = bytes
    provider = envelope.provider
    nameStart = name.lowerBound
    isOnlyName = names.isOnlyName
    keyID = envelope.keyID.map { range in range.map { value.byte(at: $0) } } ?? []
  }

  /// Offset of the colon that ends the name, the last byte of the head.
  public var nameEnd: Int { bytes.count - 1 }

  /// Whether `value` begins so, whatever follows.
  public func begins(_ value: RawSpan) -> Bool { bytes.begin(value) }

  /// Whether `value` is encrypted behind this head, and nothing else can be told of it. No is not certain.
  ///
  /// O(1), without allocation: some 300 bytes of it are read.
  public func stands(before value: RawSpan) -> Bool {
    guard value.byteCount > bytes.count, bytes.begin(value), isOnlyName || !mayHoldLongerName(value) else {
      return false
    }
    let body = bytes.count..<value.byteCount
    let structure = BodyStructure(of: value, body: body, provider: provider)
    guard structure.fault == nil, hasKeyID(value, at: structure.keyID) else { return false }
    let content = EnvelopeContent(
      of: value, from: nameStart, body: body, ciphertext: structure.ciphertext, wrappedKey: structure.wrappedKey)
    if case .random = content { return true }
    return false
  }

  /// Whether a colon follows that may end a longer name. Of random bytes, nearly all end the text at once.
  private func mayHoldLongerName(_ value: RawSpan) -> Bool {
    let limit = min(value.byteCount, nameStart + KeyNames.maximumCount + 1)
    var position = bytes.count
    while let scalar = UTF8Scalar(in: value, at: position, before: limit), !scalar.isControl {
      if scalar.value == 0x3A { return true }
      position += scalar.length
    }
    return false
  }

  private func hasKeyID(_ value: RawSpan, at range: Range<Int>?) -> Bool {
    guard let range else { return keyID.isEmpty }
    guard range.count == keyID.count else { return false }
    for index in keyID.indices where value.byte(at: range.lowerBound + index) != keyID[index] { return false }
    return true
  }
}
