import EtcdStorage
import TestSupport

@testable import ByteViews

/// The message of a row, and what etcd keeps beside the rows.
enum KeyValueTarget: FuzzTarget {
  static let name = "keyvalue"
  static let summary = "KeyValue messages: all four readers agree with one that goes byte by byte"

  static func seeds() -> [[UInt8]] {
    let values = FuzzSeeds.values.filter { $0.count < 1500 }
    var seeds = values.enumerated().map { number, value in
      EtcdWriter.KeyValue(
        key: Array("/registry/secrets/default/n\(number)".utf8), createRevision: Int64(number) + 2,
        modRevision: Int64(number) * 1000 + 2, version: Int64(number) + 1, value: value, lease: number % 3 == 0 ? 7 : 0
      ).encoded
    }
    seeds.append(EtcdWriter.KeyValue(key: Array("/a".utf8)).encoded)
    return seeds
  }

  static func complaints(about bytes: [UInt8]) -> [String] {
    var complaints = Complaints()
    let plain = PlainKeyValue(bytes)
    let read = try? KeyValue(decoding: bytes.rawSpan)
    let layout = KeyValueLayout(of: bytes.rawSpan)
    complaints.expect((plain == nil) == (read == nil), "a message is one for one reader alone")
    complaints.expect((plain == nil) == (layout == nil), "a layout is one for one reader alone")
    if let plain, let read {
      complaints.expect(PlainKeyValue(read), equals: plain, "KeyValue")
      let isAsWritten = plain.written == bytes
      complaints.expect(read.isAsWritten, equals: isAsWritten, "isAsWritten")
      if let layout {
        complaints.expect(layout.keyRange, equals: plain.key, "the layout's key")
        complaints.expect(layout.valueRange, equals: plain.value, "the layout's value")
        complaints.expect(layout.version, equals: plain.version, "the layout's version")
        complaints.expect(layout.isAsWritten, equals: isAsWritten, "the layout's isAsWritten")
        for isTombstone in [false, true] {
          complaints.expect(
            layout.isAsWritten(isTombstone: isTombstone, byteCount: bytes.count),
            equals: read.isAsWritten(isTombstone: isTombstone), "isAsWritten of a tombstone: \(isTombstone)")
        }
      }
      if isAsWritten, plain.isSensible { complaints.list(remnantComplaints(bytes, plain)) }
    }
    complaints.list(remnantRanges(bytes))
    complaints.list(smallRecords(bytes))
    return complaints.list
  }

  /// A message as etcd writes it is found among other bytes, and as far as it is there when its end is missing.
  private static func remnantComplaints(_ bytes: [UInt8], _ plain: PlainKeyValue) -> [String] {
    var complaints = Complaints()
    let among = bytes + [0xFF, 0xFF, 0xFF]
    if let remnant = try? KeyValueRemnant(in: among.rawSpan) {
      complaints.expect(
        PlainKeyValue(remnant.keyValue).dropping(lease: true), equals: plain.dropping(lease: true), "a remnant")
      complaints.expect(remnant.byteCount, equals: bytes.count, "the bytes of a remnant")
      complaints.expect(!remnant.isCut, "a whole remnant is cut")
    } else {
      complaints.expect(false, "a message as etcd writes it is no remnant")
    }
    return complaints.list
  }

  private static func remnantRanges(_ bytes: [UInt8]) -> [String] {
    var complaints = Complaints()
    if let remnant = try? KeyValueRemnant(in: bytes.rawSpan) {
      complaints.expect(remnant.keyValue.keyRange, in: bytes.count, "a remnant's key")
      complaints.expect(remnant.keyValue.valueRange, in: bytes.count, "a remnant's value")
      complaints.expect(remnant.keyValue.valueRange.count <= remnant.valueBytes, "a remnant's value is too long")
      complaints.expect(remnant.keyValue.message.byteCount <= remnant.byteCount, "a remnant is longer than whole")
    }
    if let count = try? KeyValueRemnant.tombstoneBytes(in: bytes.rawSpan) {
      complaints.expect(count > 0, "a tombstone has no bytes")
    }
    return complaints.list
  }

  /// Revision keys, and the rows of buckets `meta` and `cluster`, with the bytes as key and as value.
  private static func smallRecords(_ bytes: [UInt8]) -> [String] {
    var complaints = Complaints()
    for count in [17, 18] where bytes.count >= count {
      let front = Array(bytes.prefix(count))
      guard let key = try? RevisionKey(decoding: front.rawSpan) else { continue }
      let written =
        [UInt8](bigEndian: UInt64(bitPattern: key.revision.main)) + [0x5F]
        + [UInt8](bigEndian: UInt64(bitPattern: key.revision.sub)) + (key.isTombstone ? [0x74] : [])
      complaints.expect(front, equals: written, "a revision key")
    }
    var meta = MetaBucket()
    var cluster = ClusterSummary()
    for name in [
      "consistent_index", "term", "confState", "scheduledCompactRev", "finishedCompactRev", "storageVersion",
    ] {
      meta.read(key: Array(name.utf8).rawSpan, value: bytes.rawSpan)
    }
    meta.read(key: bytes.rawSpan, value: bytes.rawSpan)
    complaints.expect(!meta.impliedVersion.isEmpty, "no version is implied")
    for bucket in ["cluster", "members", "auth", "authUsers", "alarm"].compactMap(ClusterSummary.Bucket.init) {
      for name in ["clusterVersion", "authEnabled", ""] {
        cluster.read(bucket, key: Array(name.utf8).rawSpan, value: bytes.rawSpan)
      }
      cluster.read(bucket, key: bytes.rawSpan, value: bytes.rawSpan)
    }
    if let version = StorageVersion(decoding: bytes.rawSpan) {
      complaints.expect(
        StorageVersion(decoding: Array(version.description.utf8).rawSpan), equals: version, "a version")
    }
    return complaints.list
  }
}
