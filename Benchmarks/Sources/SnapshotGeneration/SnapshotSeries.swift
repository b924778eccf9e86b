import Foundation
import TestSupport

/// Writes the nightly snapshots of one cluster, one file after the other.
///
/// ```swift
/// var series = SnapshotSeries(SeriesOptions(nights: 200, secrets: 100_000))
/// while let night = try series.writeNext(to: directory) { print(night.name) }
/// ```
/// The cluster holds Secrets and little else: of other objects, a case keeps nothing. In the free pages lies what the
/// last compaction took.
///
/// A night: O(rows). Memory: the rows of one snapshot.
public struct SnapshotSeries {
  /// What the series tells.
  public let options: SeriesOptions
  private let calendar: SeriesCalendar
  private let keys: [SealingKey]
  private let encoder = BoltPageEncoder(pageSize: 4096)
  private let prose: Prose
  private var random: SeededGenerator
  private var night = 0
  /// All Secrets that there ever were; a row tells its Secret by the place here.
  private var secrets: [SeriesSecret] = []
  /// Places of those that exist.
  private var living: [Int] = []
  /// What the file of the night has in bucket `key`.
  private var rows: [SeriesRow] = []
  /// What the last compaction took.
  private var residue: [SeriesRow] = []
  /// The main revision of the last change; that of an empty store is 1.
  private var revision: Int64 = 1
  private var compactRevision: Int64 = 0

  static let provider = SealingProvider.aescbc

  /// The keys that a series encrypts with, the first one first.
  static func keys(_ seed: UInt64) -> [SealingKey] {
    ["key1", "key2"].enumerated().map { SealingKey($1, seed: seed &+ UInt64($0) << 32) }
  }

  /// A series of which nothing is written yet.
  public init(_ options: SeriesOptions) {
    self.options = options
    calendar = SeriesCalendar(nights: options.nights)
    keys = Self.keys(options.seed)
    random = SeededGenerator(seed: options.seed)
    prose = Prose(&random)
  }

  /// The Secret that is written again every ten nights, and never deleted, as NAMESPACE/NAME.
  public static let watchedSecret = "team-00/watched"

  /// Writes the snapshot of the next night into `directory`, under a name that tells the time; nil after the last night.
  public mutating func writeNext(to directory: String) throws -> NightSummary? {
    guard night < options.nights else { return nil }
    var summary = NightSummary(name: Self.name(of: night), night: night + 1)
    summary.isQuiet = calendar.isQuiet(night)
    summary.unchanged = happen()
    let path = "\(directory)/\(summary.name)"
    summary.bytes = try write("\(path).part")
    // Sound: the C strings made of both paths outlive the call.
    guard unsafe rename("\(path).part", path) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
    }
    summary.revision = revision
    summary.residue = readableResidue
    for row in rows where !row.isTombstone {
      if !row.isLive {
        summary.history += 1
      } else if row.isPlaintext {
        summary.live.plaintext += 1
      } else {
        summary.live.encrypted += 1
      }
    }
    night += 1
    return summary
  }

  /// What a case keeps of the free pages: values in the clear.
  private var readableResidue: Int { residue.count { $0.isPlaintext } }

  private static func name(of night: Int) -> String {
    // 2026-01-01T02:00:00Z.
    let time = Date(timeIntervalSince1970: 1_767_232_800 + 86_400 * Double(night))
    return time.formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)) + ".db"
  }

  // MARK: The story

  /// What happens until the snapshot of the night is taken. The answer counts the rows that stay as they were.
  private mutating func happen() -> Int {
    guard night > 0 else {
      for _ in 0..<options.secrets { create() }
      return 0
    }
    var unchanged = rows.count { !$0.isTombstone } + readableResidue
    if calendar.isCompaction(night) {
      compact()
      unchanged = rows.count
    }
    let before = revision
    write()
    return unchanged - rows.prefix { $0.revision <= before }.count { $0.replacedAfter(before) }
  }

  private mutating func write() {
    guard !calendar.isQuiet(night) else { return put(living[0], isNewValue: true) }
    if calendar.isRewrite(night) {
      for place in living { put(place, isNewValue: false) }
    }
    if night % 10 == 0 { put(living[0], isNewValue: true) }
    for _ in 0..<Int(options.churn * Double(options.secrets)) {
      put(living[random.count(0...living.count - 1)], isNewValue: true)
    }
    for _ in 0..<Int(options.turnover * Double(options.secrets)) {
      if living.count > 1 { delete(random.count(1...living.count - 1)) }
      create()
    }
  }

  private mutating func create() {
    let number = UInt64(secrets.count)
    let name = number == 0 ? "watched" : "credentials-\(number % 997)-\(String(random.next() >> 24, radix: 36))"
    let namespace = number % 64
    let object = ClusterObject(
      kind: .secret, namespace: "team-\(namespace / 10)\(namespace % 10)", name: name, number: number, lease: 0)
    secrets.append(SeriesSecret(object: object))
    living.append(secrets.count - 1)
    put(secrets.count - 1, isNewValue: true)
  }

  private mutating func put(_ place: Int, isNewValue: Bool) {
    revision += 1
    var secret = secrets[place]
    if secret.object.version == 0 {
      secret.object.createRevision = revision
    } else {
      rows[secret.row].replacement = revision
    }
    secret.object.version += 1
    if isNewValue { secret.values += 1 }
    let key = secret.object.key
    let plaintext = plaintext(of: secret)
    let sealingKey = calendar.key(in: night).map { keys[$0] }
    let keyValue = EtcdWriter.KeyValue(
      key: key, createRevision: secret.object.createRevision, modRevision: revision, version: secret.object.version,
      value: sealingKey.map { Self.provider.seal(plaintext, path: key, key: $0, &random) } ?? plaintext)
    secret.row = rows.count
    secrets[place] = secret
    let row = EtcdWriter.Row(main: revision, keyValue: keyValue).leafRow
    rows.append(SeriesRow(row, secret: place, revision: revision, isPlaintext: sealingKey == nil))
  }

  /// Deletes the Secret at a place among those that exist.
  private mutating func delete(_ index: Int) {
    revision += 1
    let place = living[index]
    living.swapAt(index, living.count - 1)
    living.removeLast()
    rows[secrets[place].row].replacement = revision
    let row = EtcdWriter.Row(main: revision, isTombstone: true, keyValue: .init(key: secrets[place].object.key))
    rows.append(SeriesRow(row.leafRow, secret: place, revision: revision, isTombstone: true))
  }

  /// The same value of the same Secret is the same bytes, in whatever night it is written.
  private func plaintext(of secret: SeriesSecret) -> [UInt8] {
    var random = SeededGenerator(seed: options.seed &+ secret.object.number << 24 &+ secret.values)
    var object = secret.object
    object.version = 0
    return object.plaintext(random.count(200...500), prose, &random)
  }

  /// Takes away all that was replaced or deleted (etcd: mvcc/kvstore_compaction.go).
  private mutating func compact() {
    compactRevision = revision
    residue = rows.filter { !$0.isLive && !$0.isTombstone }
    rows.removeAll { !$0.isLive }
    for (index, row) in rows.enumerated() { secrets[row.secret].row = index }
  }

  // MARK: The pages

  private func write(_ path: String) throws -> UInt64 {
    var file = try PageFile(path: path, pageSize: encoder.pageSize)
    // The places of the meta pages.
    try file.append([UInt8](repeating: 0, count: 2 * encoder.pageSize))
    try writeResidue(to: &file)
    var bucket = BucketWriter(encoder)
    for row in rows { try bucket.append(row.row, to: &file) }
    let keyRoot = try bucket.finish(&file)
    var buckets = StoreBuckets(encoder, revision: revision, compactRevision: compactRevision)
    let root = try buckets.write(keyRoot: keyRoot, to: &file)
    let metas = (0..<2 as Range<UInt64>).map { number in
      encoder.meta(
        number, root: root, freelist: nil, highWater: file.nextPage, txid: UInt64(revision) + 1 - number)
    }
    return try file.finish(metas: metas)
  }

  private func writeResidue(to file: inout PageFile) throws {
    var counts = SnapshotSummary.Residue()
    var leaf = StaleLeaf()
    var bytes = 16
    for row in residue {
      if bytes + row.row.bytes > encoder.fillBytes {
        try leaf.write(to: &file, encoder, losesHead: false, &counts)
        leaf.removeAll()
        bytes = 16
      }
      leaf.append(row.row, isPlaintextSecret: row.isPlaintext)
      bytes += row.row.bytes
    }
    try leaf.write(to: &file, encoder, losesHead: false, &counts)
  }
}
