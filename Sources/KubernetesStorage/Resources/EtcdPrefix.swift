import ByteViews

/// Where in etcd an API server keeps its objects: the value of its flag `--etcd-prefix`, such as `/registry`.
///
/// The bytes begin with a slash and end without one; of the root prefix, shown as `/`, there are none. No segment is
/// empty, `.` or `..`: the API server resolves these (k8s.io/apiserver, storage/etcd3/store.go:
/// `path.Join("/", prefix)`), so that no key of its holds them.
public struct EtcdPrefix: Hashable, Sendable {
  /// The bytes with which the keys begin, up to the slash of the resource's directory.
  public let bytes: [UInt8]

  /// The prefix that an API server makes of the flag's `text`.
  public init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// The prefix that an API server makes of a flag of these bytes.
  public init(bytes: [UInt8]) {
    var segments: [ArraySlice<UInt8>] = []
    for segment in bytes.split(separator: Self.slash) where !segment.elementsEqual(".".utf8) {
      if segment.elementsEqual("..".utf8) {
        segments = segments.dropLast()
      } else {
        segments.append(segment)
      }
    }
    self.bytes = segments.flatMap { [Self.slash] + $0 }
  }
}

extension EtcdPrefix: Comparable {
  /// By bytes, as etcd orders keys.
  public static func < (left: EtcdPrefix, right: EtcdPrefix) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension EtcdPrefix: CustomStringConvertible {
  /// The prefix as text; `%` and what is not printable ASCII as `%XX`, so that no two prefixes look alike.
  public var description: String {
    guard !bytes.isEmpty else { return "/" }
    var text = ""
    for byte in bytes {
      if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "%") {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += byte < 0x10 ? "%0" : "%"
        text += String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }
}

extension EtcdPrefix {
  static let slash = UInt8(ascii: "/")

  /// Whether the beginning of a key can be the prefix of an API server as it stands.
  static func isPrefix(_ bytes: RawSpan) -> Bool {
    var start = 0
    while start < bytes.byteCount {
      guard bytes.byte(at: start) == slash else { return false }
      let end = bytes.offset(of: slash, from: start + 1) ?? bytes.byteCount
      let segment = bytes.extracting(start + 1..<end)
      guard !segment.isEmpty, !segment.equals("."), !segment.equals("..") else { return false }
      start = end
    }
    return true
  }

  /// Whether these are the bytes of the prefix. O(length).
  func equals(_ other: RawSpan) -> Bool {
    let own = bytes.span
    guard own.count == other.byteCount else { return false }
    for index in own.indices where own[index] != other.byte(at: index) { return false }
    return true
  }

  /// None of the root, and none of them empty.
  var segments: [ArraySlice<UInt8>] { bytes.split(separator: Self.slash) }

  /// The segment that follows `parent`; nil when this prefix is not below it.
  func segment(below parent: EtcdPrefix) -> ArraySlice<UInt8>? {
    let start = parent.bytes.count
    guard start < bytes.count, bytes.starts(with: parent.bytes), bytes[start] == Self.slash else { return nil }
    return bytes[(start + 1)...].prefix { $0 != Self.slash }
  }
}
