import ByteViews

/// The names that may stand between an envelope's prefix and its body.
///
/// A name is not empty, at most 256 bytes long (upstream knows no limit) and well-formed UTF-8 without control
/// characters; a colon ends it, and it may itself hold colons. The last colon means nothing: IV and nonce bytes may be
/// 0x3a.
struct KeyNames {
  static let maximumCount = 256

  /// The ends after which the provider could open what follows; when there are none, the end of the first name.
  private(set) var ends = NameEnds()
  /// Why there is no name.
  private(set) var fault: Reason?
  /// Whether the name alone tells where it ends, so that what follows has no say.
  private(set) var isOnlyName = false
  private let start: Int
  private let valueEnd: Int

  /// Lists the names that begin at `start` and end before `limit`. O(256).
  init(in value: RawSpan, from start: Int, before limit: Int, provider: Provider) {
    self.start = start
    self.valueEnd = value.byteCount
    guard value.peek(at: start) != UInt8(ascii: ":") else {
      fault = .emptyKeyName
      return
    }
    let limit = min(limit, start + Self.maximumCount + 1)
    var first: Int?
    var position = start
    while let scalar = UTF8Scalar(in: value, at: position, before: limit), !scalar.isControl {
      if scalar.value == 0x3A {
        if first == nil, let only = Self.onlyEnd(in: value, at: position, from: start, before: limit, provider) {
          ends.append(only)
          isOnlyName = true
          return
        }
        first = first ?? position
        let body = (position + 1)..<value.byteCount
        if BodyStructure(of: value, body: body, provider: provider).fault == nil { ends.append(position) }
      }
      position += scalar.length
    }
    guard ends.isEmpty else { return }
    if let first { ends.append(first) } else { fault = .noKeyName }
  }

  /// The first of the names.
  var name: Range<Int>? { ends.first.map { start..<$0 } }

  /// What follows the colon of the first name; all there is without one.
  var body: Range<Int> { (ends.first.map { $0 + 1 } ?? start)..<valueEnd }

  /// Where the name ends whose first colon is at `colon`, when there can be no other.
  private static func onlyEnd(
    in value: RawSpan, at colon: Int, from start: Int, before limit: Int, _ provider: Provider
  ) -> Int? {
    // validation_encryption.go refuses colons in the names of KMS v2.
    if provider == .kmsv2 { return colon }
    // Nothing but a name looks like a time stamp; so the provider's length rule has no say here, or a truncated value
    // could pass for a whole one under the shorter name.
    return value.endOfTimeStamp(at: colon, from: start, before: limit)
  }
}

extension RawSpan {
  /// The end of a name such as `aescbckey-2026-04-16T12:29:38-07:00`, given its first colon: K3s and RKE2 append the
  /// RFC 3339 time of rotation to their key names (k3s pkg/secretsencrypt).
  fileprivate func endOfTimeStamp(at colon: Int, from start: Int, before limit: Int) -> Int? {
    let hourStart = colon - 13
    guard hourStart >= start, matches("dddd-dd-ddTdd", at: hourStart) else { return nil }
    let end: Int
    if matches(":dd:ddZ:", at: colon) {
      end = colon + 7
    } else if matches(":dd:dd+dd:dd:", at: colon) || matches(":dd:dd-dd:dd:", at: colon) {
      end = colon + 12
    } else {
      return nil
    }
    return end < limit ? end : nil
  }

  /// Whether the bytes at `offset` are those of `pattern`, in which `d` stands for any digit.
  private func matches(_ pattern: StaticString, at offset: Int) -> Bool {
    let count = pattern.utf8CodeUnitCount
    guard count <= byteCount - offset else { return false }
    for index in 0..<count {
      // Sound: a static string literal owns `utf8CodeUnitCount` bytes for the life of the process.
      let expected = unsafe pattern.utf8Start[index]
      let found = byte(at: offset + index)
      guard expected == UInt8(ascii: "d") ? found.isDigit : found == expected else { return false }
    }
    return true
  }
}
