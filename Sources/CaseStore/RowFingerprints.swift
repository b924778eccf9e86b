import ByteViews
import Cryptography

/// Stands in digests for what the numbers in keys mean: 8 bytes of a SHA-256 for each.
struct RowFingerprints {
  private let encryptions: [UInt32: UInt64]
  private let places: [UInt32: UInt64]
  private let names: [UInt32: UInt64]

  init(encryptions: [UInt32: [UInt8]], places: [UInt32: [UInt8]], names: [UInt32: [UInt8]]) {
    self.encryptions = encryptions.mapValues(Self.fingerprint)
    self.places = places.mapValues(Self.fingerprint)
    self.names = names.mapValues(Self.fingerprint)
  }

  private static func fingerprint(_ record: [UInt8]) -> UInt64 {
    var hash = SHA256()
    hash.update(record.rawSpan)
    return hash.digest().bytes.rawSpan.bigEndian(at: 0)
  }

  /// Puts in `row` what a digest has of the row under `key`.
  func write(_ key: RawSpan, _ layers: LayerSet, to row: inout [UInt8]) {
    row.removeAll(keepingCapacity: true)
    row.append(key.extracting(RowKey.clusterBytes..<key.byteCount))
    let tail = key.byteCount - RowKey.tailBytes
    row.append(bigEndian: encryptions[key.bigEndian(at: tail + RowKey.encryption)] ?? 0)
    row.append(bigEndian: places[key.bigEndian(at: tail + RowKey.place)] ?? 0)
    if let name = RowKey.nameNumber(in: key) { row.append(bigEndian: names[name] ?? 0) }
    row.append(layers.rawValue)
  }
}
