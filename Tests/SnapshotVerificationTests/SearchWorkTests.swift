import BoltFormat
import EtcdStorage
import KubernetesStorage
import SnapshotInput
import TestSupport
import Testing

@testable import SnapshotReading
@testable import VerificationModel

/// Whole files that are made to cost work. What is counted are the bytes that the search of residue examines, in however many
/// readings: no clock is looked at.
@Suite("What a forged file makes the search examine is bounded")
struct SearchWorkTests {
  /// A file that is made to cost work.
  struct Adversary: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let image: @Sendable () -> BoltImage
  }

  private static func varint(_ number: UInt64) -> [UInt8] {
    var (bytes, rest): ([UInt8], UInt64) = ([], number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private static func revision(_ main: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: main >> (56 - 8 * UInt64($0))) } + [0x5F] + [UInt8](repeating: 0, count: 8)
  }

  /// The message of a row whose value is said to have `length` bytes.
  private static func message(_ key: String, length: UInt64, _ value: [UInt8] = []) -> [UInt8] {
    [0x0A] + varint(UInt64(key.utf8.count)) + Array(key.utf8) + [0x10, 50, 0x18, 50, 0x20, 1, 0x2A] + varint(length)
      + value
  }

  private static let head =
    Array("k8s\0".utf8) + [0x0A, 0x0C, 0x0A, 2] + Array("v1".utf8) + [0x12, 6] + Array("Secret".utf8) + [0x12]

  private static let sealed = StoredSecret.sealed(.secretbox, "key1")
  /// A sound store, whose bucket `key` has pages of its own.
  private static let root: BoltBucket = {
    var root = EtcdWriter(.v36, [.put(secretKey("live"), sealed)]).root
    root["key"]?.layout = .pages
    return root
  }()

  /// The head of a member of gzip, with a fixed code or none, behind which nothing comes of what follows.
  private static let gzipHead: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
  /// Deflate data of four blocks that bring their own codes and hold nothing (RFC 1951 §3.2.7): each costs two tables.
  private static let emptyTables: [UInt8] = [
    0x04, 0xC0, 0x81, 0x00, 0x00, 0x00, 0x00, 0x00, 0x90, 0xFF, 0x6B, 0x10, 0x00, 0x07, 0x02, 0x00, 0x00, 0x00, 0x00,
    0x40, 0xFE, 0xAF, 0x41, 0x00, 0x1C, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0xF9, 0xBF, 0x06, 0x01, 0x70, 0x20, 0x00,
    0x00, 0x00, 0x00, 0x00, 0xE4, 0xFF, 0x1A,
  ]
  /// Zeros that take a thousandth of their length.
  private static let bomb = Wrapping.gzip([UInt8](repeating: 0, count: 1 << 20))

  private static func filled(_ unit: [UInt8], _ count: Int) -> [UInt8] {
    Array(Array(repeatElement(unit, count: count / unit.count + 1).joined()).prefix(count))
  }

  /// A sound store with `bytes` in its free pages.
  private static func residue(_ bytes: [UInt8], pageSize: Int = 4096) -> BoltImage {
    var writer = BoltWriter(pageSize: pageSize)
    writer.freePages = [20: bytes]
    return writer.image(root)
  }

  /// Rows with names of their own and values that are said to be a gigabyte long, and near the end of every 128 KiB a sign of
  /// an object that none of them holds.
  private static let lyingRows: [UInt8] = {
    var bytes: [UInt8] = []
    var number: UInt64 = 1000
    while bytes.count < 1 << 18 {
      bytes += revision(number) + message("/registry/secrets/d/n\(number)", length: 1 << 30, head)
      number += 1
    }
    for end in [1 << 17, 1 << 18] {
      let sign = Array("kind: EncryptionConfiguration ".utf8)
      bytes.replaceSubrange((end - 16_384)..<(end - 16_384 + sign.count), with: sign)
    }
    return Array(bytes.prefix(1 << 18))
  }()

  /// One leaf in use that claims `pages` pages of 512 bytes, behind whose only element all is full of rows.
  private static func slack(pages: Int) -> BoltImage {
    var writer = BoltWriter(pageSize: 512)
    let number: UInt64 = 30
    var leaf = writer.encoder.leaf(number, [EtcdWriter.Row.secret("live", 2, sealed).leafRow])
    var main: UInt64 = 100_000
    while leaf.count < pages * 512 - 400 {
      let value = StoredSecret.plaintext(name: "n\(main)")
      leaf += revision(main) + message(secretKey("n\(main)"), length: UInt64(value.count), value)
      main += 1
    }
    let overflow = UInt32(pages - 1)
    leaf.replaceSubrange(12..<16, with: (0..<4).map { UInt8(truncatingIfNeeded: overflow >> (8 * UInt32($0))) })
    writer.freePages = [number: leaf]
    var image = writer.image(root)
    image[bucket: "key", .root] = number
    return image
  }

  /// A branch in use of bucket `name`, all of whose children are branches that lead to a page in use already.
  private static func branches(ofBucket name: String, children: Int, keysEach: Int) -> BoltImage {
    var writer = BoltWriter(pageSize: 4096)
    let number: UInt64 = 30
    let first = number + UInt64(writer.encoder.runLength(16 + children * 33))
    writer.freePages = [
      number: writer.encoder.branch(
        number, (0..<children).map { (revision(1000 + UInt64($0) * 200), first + UInt64($0)) })
    ]
    for child in 0..<children {
      let page = first + UInt64(child)
      writer.freePages[page] = writer.encoder.branch(
        page, (0..<keysEach).map { (revision(1000 + UInt64(child) * 200 + UInt64($0)), 2) })
    }
    var root = root
    if name != "key" {
      root[name] = BoltBucket((0..<400).map { BoltBucket.Entry("\(1000 + $0)", Array("value".utf8)) }, layout: .pages)
    }
    var image = writer.image(root)
    image[bucket: name, .root] = number
    return image
  }

  static let adversaries: [Adversary] = {
    let units: [(String, [UInt8])] = [
      ("rows of 2 MB inside each other", revision(50) + message("/registry/secrets/a/bcd", length: 2_000_000)),
      ("quotes", Array(#""kind":"Secret""#.utf8)),
      ("JSON that never ends", Array(#"{"kind":"Secret","apiVersion":"v1","metadata":{"name":""#.utf8)),
      ("protobuf without lengths", head),
      ("YAML", Array("apiVersion: v1\nkind: Secret\n".utf8)),
      ("base64", Array("azhzAAoMCgJ2MRIGU2VjcmV0".utf8)),
      ("heads of gzip", gzipHead + [0x03, 0, 0, 0, 0, 0]),
      ("heads of zlib", [0x78, 0x9C]),
      ("heads of gzip with names that never end", [0x1F, 0x8B, 8, 0x18, 1, 1, 1, 1, 2, 3, 1, 1, 1, 1, 1, 1]),
      ("empty blocks of deflate behind heads", gzipHead + filled([0, 0, 0, 0xFF, 0xFF], 500)),
      ("blocks of deflate with codes alone", gzipHead + filled(emptyTables, 900)),
      ("bombs", bomb),
      ("bombs in one another", Wrapping.gzip(filled(bomb, 1 << 18))),
      ("Secrets in gzip", Wrapping.gzip(StoredSecret.plaintext())),
      ("words in base64", Array("U2VjcmV0".utf8)),
      ("words in hexadecimal", Array("536563726574".utf8)),
      ("words in UTF-16", Wrapping.wide(Array("Secret".utf8))),
      ("words behind kinds", Array("kind: Secret\n".utf8)),
      ("escapes", Array(#"\u0053ecret"#.utf8)),
      ("ends of objects", [0x1A, 0, 0x22, 0]),
      ("keys in PEM", Array("-----BEGIN ".utf8)),
      (
        "rows of bombs behind a prefix",
        revision(50)
          + message(secretKey("a"), length: UInt64(24 + bomb.count), Array("k8s:enc:aesgcm:v1:key01:".utf8) + bomb)
      ),
    ]
    var all = units.map { name, unit in
      Adversary(testDescription: name) { residue(filled(unit, 1 << 18)) }
    }
    all += units.prefix(4).map { name, unit in
      Adversary(testDescription: "\(name), in pages of 512 bytes") { residue(filled(unit, 1 << 17), pageSize: 512) }
    }
    all += [
      Adversary(testDescription: "rows of 1 GiB") { residue(lyingRows) },
      Adversary(testDescription: "rows behind the only element of a long leaf") { slack(pages: 600) },
      Adversary(testDescription: "children of key that are no sound branches") {
        branches(ofBucket: "key", children: 100, keysEach: 123)
      },
      Adversary(testDescription: "children of another bucket that are no sound branches") {
        branches(ofBucket: "zz", children: 100, keysEach: 60)
      },
    ]
    return all
  }()

  @Test("in a file and in a stream, sixteen bytes for each byte at most", arguments: adversaries)
  func work(adversary: Adversary) throws {
    let directory = try TemporaryDirectory()
    let bytes = try adversary.image().snapshot()
    let path = try directory.file("backup.db", bytes)
    var demand = ReadingDemand(scope: Policy().scope, etcdPrefix: nil)
    demand.residue = ResidueDemand(scope: Policy().scope)
    for (isStream, workers) in [(false, 1), (false, 8), (true, 1), (true, 8)] {
      let stream = try #require(
        isStream ? try Self.stream(of: bytes, in: directory).next() : try SnapshotStreams(path: path).next())
      let reading = try stream.read(demand, ReadingOptions(workers: workers), Instruments())
      let budget = try #require(reading.contents.searchBudget, "\(isStream)")
      #expect(budget.input == UInt64(bytes.count), "what is read twice is no more input")
      // What is examined last may be as long as all there is.
      let bound = SearchBudget.fixed + UInt64(bytes.count) * (SearchBudget.perByte + 1)
      #expect(
        budget.examined <= bound, "\(Double(budget.examined) / Double(bytes.count)) bytes for each, \(isStream)")
    }
  }

  /// The same behind a container, through which it comes as a stream.
  private static func stream(of bytes: [UInt8], in directory: TemporaryDirectory) throws -> SnapshotStreams {
    try SnapshotStreams(path: directory.file("backup.tar", tar(bytes)))
  }

  /// A tar archive (ustar) with one file.
  private static func tar(_ bytes: [UInt8]) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      header.replaceSubrange(offset..<(offset + text.utf8.count), with: Array(text.utf8))
    }
    func octal(_ number: Int, digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put("snapshot.db", at: 0)
    put("0000600", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(bytes.count, digits: 11), at: 124)
    put("00000000000", at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ", at: 148)
    let padding = [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    return header + bytes + padding + [UInt8](repeating: 0, count: 1024)
  }
}
