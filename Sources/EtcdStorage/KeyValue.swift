import ProtobufWire

/// The value of a row in bucket `key` (etcd api/mvccpb/kv.proto), read without copying it.
///
/// | number | field |
/// |---|---|
/// | 1 | key |
/// | 2 | revision in which the key was created |
/// | 3 | revision of this change |
/// | 4 | version: changes since the key was created, from 1 |
/// | 5 | value |
/// | 6 | lease |
///
/// A field that is absent is empty or 0; of a field that is repeated the last one counts, as protobuf has it; unknown
/// fields are passed over. A tombstone holds the key alone.
public struct KeyValue: ~Escapable {
  /// The whole message.
  public let message: RawSpan
  /// Where the user's key lies in the message.
  public private(set) var keyRange = 0..<0
  /// Where the user's value lies in the message.
  public private(set) var valueRange = 0..<0
  /// The main revision in which the key was created.
  public private(set) var createRevision: Int64 = 0
  /// The main revision of this change, as the message says; the row's key is what counts.
  public private(set) var modRevision: Int64 = 0
  /// Changes since the key was created, from 1.
  public private(set) var version: Int64 = 0
  /// The lease the key is attached to, or 0.
  public private(set) var lease: Int64 = 0
  /// Whether the message is, byte for byte, what etcd writes of these fields: each of its own once, in the order of their
  /// numbers, without those that are empty or 0, and every number in as few bytes as it takes (etcd api/mvccpb/kv.pb.go,
  /// `MarshalToSizedBuffer`).
  public private(set) var isAsWritten = true

  /// The same of the message of a tombstone, if it is one, which has the key alone (etcd mvcc/kvstore_txn.go, `delete`).
  public func isAsWritten(isTombstone: Bool) -> Bool {
    isAsWritten && (!isTombstone || keyRange.upperBound == message.byteCount)
  }

  /// The user's key.
  public var key: RawSpan {
    @_lifetime(copy self)
    get { message.extracting(keyRange) }
  }

  /// The user's value.
  public var value: RawSpan {
    @_lifetime(copy self)
    get { message.extracting(valueRange) }
  }

  /// A message of the given fields.
  @_lifetime(copy message)
  init(
    _ message: RawSpan, key: Range<Int>, createRevision: Int64, modRevision: Int64, version: Int64, value: Range<Int>,
    lease: Int64
  ) {
    self.message = message
    keyRange = key
    valueRange = value
    self.createRevision = createRevision
    self.modRevision = modRevision
    self.version = version
    self.lease = lease
  }

  /// Reads `message`. O(number of fields), whatever their length; the fields are walked to the end.
  @_lifetime(copy message)
  public init(decoding message: RawSpan) throws(EtcdError) {
    self.message = message
    do throws(WireError) {
      var reader = WireReader(message)
      // As etcd writes them: in the order of their numbers, without those that are 0.
      if let range = try reader.bytes(tagged: 0x0A) { keyRange = range }
      if let revision = try reader.varint(tagged: 0x10) { createRevision = Int64(bitPattern: revision) }
      if let revision = try reader.varint(tagged: 0x18) { modRevision = Int64(bitPattern: revision) }
      if let count = try reader.varint(tagged: 0x20) { version = Int64(bitPattern: count) }
      if let range = try reader.bytes(tagged: 0x2A) { valueRange = range }
      var isBehindLease = false
      while let field = try reader.next() {
        isAsWritten = isAsWritten && !isBehindLease && field.number == 6
        isBehindLease = true
        switch field.number {
        case 1: keyRange = try field.bytes()
        case 2: createRevision = Int64(bitPattern: try field.varint())
        case 3: modRevision = Int64(bitPattern: try field.varint())
        case 4: version = Int64(bitPattern: try field.varint())
        case 5: valueRange = try field.bytes()
        case 6: lease = Int64(bitPattern: try field.varint())
        default: break
        }
      }
    } catch {
      throw EtcdError(.keyValue, cause: error)
    }
    isAsWritten = isAsWritten && message.byteCount == canonicalByteCount
  }

  /// Bytes that etcd writes of these fields.
  private var canonicalByteCount: Int {
    func bytes(_ number: Int64) -> Int { number == 0 ? 0 : 1 + number.varintByteCount }
    func bytes(_ range: Range<Int>) -> Int {
      range.isEmpty ? 0 : 1 + Int64(range.count).varintByteCount + range.count
    }
    return bytes(keyRange) + bytes(createRevision) + bytes(modRevision) + bytes(version) + bytes(valueRange)
      + bytes(lease)
  }
}

extension Int64 {
  /// Bytes of its varint: seven bits in each.
  fileprivate var varintByteCount: Int { Swift.max(1, (70 - leadingZeroBitCount) / 7) }
}
