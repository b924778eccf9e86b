/// Computes hash, rows and revision as `etcdutl snapshot status` does (etcd etcdutl/snapshot/v3_snapshot.go, `Status`),
/// while the buckets and rows of a file come by in order.
///
/// Top-level buckets contribute their name, and each row in them its key and value, without lengths or separators. A
/// bucket inside another counts as a row of it, without a value.
public struct StatusDigest: Sendable {
  /// Rows of all top-level buckets.
  public private(set) var rows = 0
  /// The main revision of the last row in bucket `key`.
  public private(set) var revision: Int64 = 0
  private var crc = CRC32C()
  private var nesting = 0
  private var isInKeyBucket = false

  /// A digest of nothing.
  public init() {}

  /// CRC-32C of everything taken in so far.
  public var hash: UInt32 { crc.value }

  /// A bucket begins; `nesting` is 1 for one in the root bucket.
  public mutating func enterBucket(_ name: [UInt8], nesting: Int) {
    self.nesting = nesting
    guard nesting <= 2 else { return }
    // Sound: a byte is initialized memory of any pattern.
    crc.update(unsafe name.span.bytes)
    if nesting == 2 {
      rows += 1
    } else {
      isInKeyBucket = name.elementsEqual("key".utf8)
    }
  }

  /// A bucket ends; rows of the one around it follow.
  public mutating func leaveBucket(nesting: Int) {
    self.nesting = nesting - 1
  }

  /// Takes in all rows of the bucket entered last, of whose keys and values the `checksum` over `bytes` bytes is known.
  ///
  /// - Parameters:
  ///   - count: the rows.
  ///   - checksum: CRC-32C of their keys and values, in order.
  ///   - bytes: how many bytes these are.
  ///   - lastMain: the main revision of the last row, in bucket `key`.
  public mutating func add(rows count: Int, checksum: UInt32, bytes: UInt64, lastMain: Int64?) {
    guard nesting == 1 else { return }
    crc.append(checksum, byteCount: bytes)
    rows += count
    if isInKeyBucket, let lastMain { revision = lastMain }
  }

  /// Takes in a row of the bucket entered last. Allocates nothing.
  public mutating func add(key: RawSpan, value: RawSpan) {
    guard nesting == 1 else { return }
    crc.update(key)
    crc.update(value)
    rows += 1
    // Whatever follows the eight bytes of the main revision: etcd up to 3.5 does not look at it.
    if isInKeyBucket, key.byteCount >= RevisionKey.byteCount { revision = Int64(bitPattern: key.bigEndian(at: 0)) }
  }
}
