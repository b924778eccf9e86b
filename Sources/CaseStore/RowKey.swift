import ByteViews
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// The key of a value in table ``CaseTable/rows``: the object, the revision, and all else that is known of the value but the
/// snapshots that have it.
///
/// ```
/// cluster (2) · etcd key, 00 as 00 FF · 00 01 · tail
/// tail: kind (1) · main (8) · sub (8) · class (1) · authenticity (1) · value bytes (4) · contents (16) · encryption (4) · place (4)
/// ```
/// Keys sort by cluster, etcd key as etcd sorts them, and revision. An etcd key that has more than 400 bytes so, or begins with
/// FF FF, is FF FF and the number of its entry in ``CaseTable/names`` (4) instead.
enum RowKey {
  static let clusterBytes = 2
  static let terminatorBytes = 2
  static let tailBytes = 47
  /// Bytes of an etcd key after zeros were escaped. With all else, 451 at most: LMDB allows 511.
  static let maximumKeyBytes = 400

  /// What a value is of.
  enum Kind: UInt8 {
    case row
    /// An object without its row, which has no revision: that is 0 then.
    case object
  }

  // Places in the tail.
  static let main = 1
  static let sub = 9
  static let valueClass = 17
  static let authenticity = 18
  static let valueBytes = 19
  static let contents = 23
  static let encryption = 39
  static let place = 43

  /// Adds an etcd key to `bytes`, and what ends it; answers false, and adds nothing, where it must be a number.
  static func append(_ key: [UInt8], to bytes: inout [UInt8]) -> Bool {
    let start = bytes.count
    if key.count >= 2, key[0] == 0xFF, key[1] == 0xFF { return false }
    if key.count > maximumKeyBytes { return false }
    if key.rawSpan.offset(of: 0, from: 0) == nil {
      bytes += key
    } else {
      for byte in key {
        bytes.append(byte)
        if byte == 0 { bytes.append(0xFF) }
      }
    }
    guard bytes.count - start <= maximumKeyBytes else {
      bytes.removeSubrange(start...)
      return false
    }
    bytes.append(0)
    bytes.append(1)
    return true
  }

  /// Adds the number of a long etcd key.
  static func append(nameNumber: UInt32, to bytes: inout [UInt8]) {
    bytes.append(0xFF)
    bytes.append(0xFF)
    bytes.append(bigEndian: nameNumber)
    bytes.append(0)
    bytes.append(1)
  }

  /// Adds all that follows the etcd key.
  static func appendTail(
    revision: Revision?, valueClass: ValueClass, authenticity: Authenticity, valueBytes: Int, contents: ContentsMark,
    encryption: UInt32, place: UInt32, to bytes: inout [UInt8]
  ) {
    let kind: Kind = revision == nil ? .object : .row
    bytes.append(kind.rawValue)
    bytes.append(bigEndian: revision.map { ordered($0.main) } ?? 0)
    bytes.append(bigEndian: revision.map { ordered($0.sub) } ?? 0)
    bytes.append(valueClass.code)
    bytes.append(authenticity.rawValue)
    bytes.append(bigEndian: UInt32(clamping: valueBytes))
    bytes.append(bigEndian: contents.high)
    bytes.append(bigEndian: contents.low)
    bytes.append(bigEndian: encryption)
    bytes.append(bigEndian: place)
  }

  /// The number of a long etcd key; nil of others, which have their bytes here.
  static func nameNumber(in key: RawSpan) -> UInt32? {
    nameNumber(inPart: key.extracting(0..<max(0, key.byteCount - tailBytes)))
  }

  /// The same, of a key without its tail.
  static func nameNumber(inPart key: RawSpan) -> UInt32? {
    guard key.byteCount == clusterBytes + 6 + terminatorBytes, key.byte(at: 2) == 0xFF, key.byte(at: 3) == 0xFF
    else { return nil }
    return key.bigEndian(at: clusterBytes + 2)
  }

  /// The etcd key in a key without its tail; nil where it is none, or a long one.
  static func etcdKey(inPart key: RawSpan) -> [UInt8]? {
    let end = key.byteCount - terminatorBytes
    guard end >= clusterBytes, key.byte(at: end) == 0, key.byte(at: end + 1) == 1 else { return nil }
    guard let zero = key.offset(of: 0, from: clusterBytes), zero < end else {
      return [UInt8](copying: key.extracting(clusterBytes..<end))
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end - clusterBytes)
    var offset = clusterBytes
    while offset < end {
      let byte = key.byte(at: offset)
      bytes.append(byte)
      if byte == 0 {
        offset += 1
        guard offset < end, key.byte(at: offset) == 0xFF else { return nil }
      }
      offset += 1
    }
    return bytes
  }

  /// Main revisions sort as numbers with a sign.
  static func ordered(_ number: Int64) -> UInt64 { UInt64(bitPattern: number) ^ 1 << 63 }

  static func number(_ ordered: UInt64) -> Int64 { Int64(bitPattern: ordered ^ 1 << 63) }
}

extension ValueClass {
  /// What a case has for a class: never another one.
  var code: UInt8 {
    switch self {
    case .plaintext: 1
    case .encrypted: 2
    case .malformed: 3
    case .unknownEnvelope: 4
    case .unrecognized: 5
    case .empty: 6
    }
  }

  init?(code: UInt8) {
    guard let value = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = value
  }
}
