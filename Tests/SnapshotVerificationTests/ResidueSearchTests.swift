import BoltFormat
import EtcdStorage
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotReading
@testable import VerificationModel

/// The search of a stretch by itself, whose bytes may come in any pieces.
@Suite("The search of bytes that no page owns")
struct ResidueSearchTests {
  private static let pageSize = 512
  private static let digests = KeyDigest.Maker()

  // MARK: Pieces

  @Test(
    "finds the same in whatever pieces the bytes come", .tags(.exhaustive),
    arguments: Exhaustive.sample(15, of: 0..<60 as Range<UInt64>))
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = Self.leftovers(&random)
    let isHeaded = random.isOne(in: 3)
    let isSlack = !isHeaded && random.isOne(in: 3)
    let start = UInt64(Self.pageSize * random.count(2...9) + (isSlack ? random.count(0...Self.pageSize - 1) : 0))
    let whole = Self.finds(in: bytes, at: start, [bytes.count], isHeaded: isHeaded, isSlack: isSlack)
    for _ in 0..<4 {
      let longest = random.one(of: [7, 100, 600, 3000])
      var ends: [Int] = []
      var end = 0
      while end < bytes.count {
        end = min(bytes.count, end + random.count(1...longest))
        ends.append(end)
      }
      let pieces = Self.finds(in: bytes, at: start, ends, isHeaded: isHeaded, isSlack: isSlack)
      #expect(pieces == whole, "in pieces of at most \(longest) bytes")
    }
  }

  /// A freelist on page 8 and its overflow, with so many pages that are free.
  private static func freelist(of count: Int) -> [UInt8] {
    // The number of the page, its flags, the count, the overflow.
    let header = [8, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, UInt8(count), 0, UInt8(8 * count / pageSize), 0, 0, 0]
    return (0..<count).reduce(into: header) { $0 += [UInt8(20 + 2 * $1), 0, 0, 0, 0, 0, 0, 0] }
  }

  private static func text(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(ascii: "a") + UInt8($0 * $0 % 26) } }

  /// Stretches that begin at a page, of which an end, or what is found, is told by what lies farther behind.
  private static let cuttable: [(name: String, isHeaded: Bool, bytes: [UInt8])] = {
    func row(_ value: [UInt8], lease: [UInt8] = []) -> [UInt8] {
      let row = EtcdWriter.Row.secret("a", 7, value)
      return row.boltKey + row.keyValue.encoded + lease
    }
    let data = text(900)
    let byNames = Array(
      #"{"apiVersion":"v1","data":{"p":"\#(String(decoding: data, as: UTF8.self))"},"kind":"Secret"}"#.utf8)
    let rest: [UInt8] = [0xF7, 0xF7, 0xF7] + text(700) + [0xF7]
    let zeros = [UInt8](repeating: 0, count: 13)
    // A search begins when a few hundred bytes have come.
    let filler = [UInt8](repeating: 0, count: 531)
    return [
      ("a freelist with overflow", true, freelist(of: 110) + rest),
      ("a freelist that is cut", true, Array(freelist(of: 110).prefix(700))),
      ("a row with a lease", false, filler + row(StoredSecret.json, lease: [0x30, 0xF7, 0xF7, 0xF7, 0x01]) + rest),
      ("a row whose revision is cut", false, row(byNames).dropFirst(4) + rest),
      ("JSON with its kind behind its data", false, filler + byNames + rest),
      ("UTF-16 that goes on", false, filler + Wrapping.wide(StoredSecret.json + data) + rest),
      ("UTF-32 that goes on", false, filler + Wrapping.wide(StoredSecret.json + data, bytes: 4) + rest),
      ("digits that go on", false, filler + Wrapping.hex(StoredSecret.json) + Wrapping.hex(data) + rest),
      ("base64 that goes on", false, filler + Wrapping.base64(StoredSecret.json) + data + rest),
      ("base64 of protobuf", false, filler + Wrapping.base64(StoredSecret.plaintext()) + data + rest),
      (
        "YAML before what is no marker", false,
        filler + Array("apiVersion: v1\nkind: Secret\n---x\n".utf8) + data + rest
      ),
      ("YAML before a marker", false, filler + Array("apiVersion: v1\nkind: Secret\n--- \n".utf8) + data + rest),
      (
        "protobuf without its object", false, filler + Array("k8s\0\u{A}\u{C}\u{A}\u{2}v1\u{12}\u{6}Secret".utf8) + rest
      ),
      (
        "a sign across a border, and text behind it", false,
        [UInt8](repeating: 0, count: 500) + Array("-----BEGIN RSA PRIVATE KEY-----".utf8) + zeros + data + zeros
      ),
      ("members of gzip", false, filler + Wrapping.gzip(StoredSecret.json) + Wrapping.gzip(StoredSecret.json) + rest),
      ("zlib", false, filler + Wrapping.zlib(StoredSecret.json + data) + rest),
      (
        "ciphertext, the end of a Secret, text", false,
        filler + Wrapping.gzip(data) + Array("\"},\"type\":\"Opaque\"}\n".utf8) + data
      ),
    ]
  }()

  @Test("finds the same, and leaves the same, wherever a stretch is cut in two", arguments: cuttable.map(\.name))
  func cut(name: String) throws {
    let (_, isHeaded, bytes) = try #require(Self.cuttable.first { $0.name == name })
    let whole = Self.finds(in: bytes, at: 4096, [bytes.count], isHeaded: isHeaded, isSlack: false)
    for place in stride(from: 1, to: bytes.count, by: Exhaustive.runsAll ? 1 : 3) {
      let pieces = Self.finds(in: bytes, at: 4096, [place, bytes.count], isHeaded: isHeaded, isSlack: false)
      #expect(pieces == whole, "cut at \(place)")
      // The first piece is searched when enough has come, not before.
      if place % 48 == 1 {
        let ends = Array(stride(from: place, to: bytes.count, by: 8)) + [bytes.count]
        let pieces = Self.finds(in: bytes, at: 4096, ends, isHeaded: isHeaded, isSlack: false)
        #expect(pieces == whole, "cut at \(place), and every 8 bytes behind it")
      }
    }
  }

  /// What is longer than all that is kept is searched as far as it is kept, also where all of it came at once.
  @Test("finds the same of what is long", arguments: ["packed", "an object", "a row", "a cut row"])
  func long(name: String) {
    let json = Array(#"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"b"},"data":{"p":""#.utf8)
    let object = json + Self.text(3 << 20)
    let row = EtcdWriter.Row.secret("a", 7, object)
    var random = SeededGenerator(seed: 5)
    let bytes: [UInt8] =
      switch name {
      case "packed": Wrapping.gzip(random.bytes(60_000).map { 0x61 + $0 % 16 } + StoredSecret.json)
      case "an object": object
      case "a row": row.boltKey + row.keyValue.encoded
      default: row.boltKey.dropFirst(9) + row.keyValue.encoded
      }
    let end: [UInt8] = [0xF7] + Self.text(600) + [UInt8](repeating: 0, count: 600)
    let whole = Self.finds(in: bytes + end, at: 4096, [bytes.count + end.count], isHeaded: false, isSlack: false)
    #expect(whole.offsets.count + whole.fragments.count > 0)
    for piece in [60, 4096, 1 << 20] {
      let ends = Array(stride(from: piece, to: bytes.count + end.count, by: piece)) + [bytes.count + end.count]
      #expect(
        Self.finds(in: bytes + end, at: 4096, ends, isHeaded: false, isSlack: false) == whole, "\(piece) bytes each")
    }
  }

  @Test("ends anywhere behind a page's border", arguments: [false, true], [false, true])
  func endBehindABorder(isHeaded: Bool, isSlack: Bool) {
    let row = EtcdWriter.Row.secret("a", 7, StoredSecret.plaintext())
    for rest in stride(from: 0, to: 1100, by: 41) {
      let bytes = row.boltKey + row.keyValue.encoded + [UInt8](repeating: 0xD9, count: Self.pageSize + rest)
      for split in [1, Self.pageSize, bytes.count - 1] {
        let found = Self.finds(in: bytes, at: 4096, [split, bytes.count], isHeaded: isHeaded, isSlack: isSlack)
        #expect(found.offsets.count == 1, "\(rest) bytes behind, in two pieces at \(split)")
      }
    }
  }

  // MARK: Work

  /// Rows that begin every 63 bytes, each with a value that is said to be longer than all that follows; the same under
  /// tombstones, and objects of every encoding inside each other.
  private static let overlapping: [(name: String, unit: [UInt8])] = {
    func row(_ valueBytes: [UInt8], _ value: [UInt8] = []) -> [UInt8] {
      [0, 0, 0, 0, 0, 0, 0, 50, 0x5F, 0, 0, 0, 0, 0, 0, 0, 0, 0x0A, 23] + Array("/registry/secrets/a/bcd".utf8)
        + [0x10, 50, 0x18, 50, 0x20, 1, 0x2A] + valueBytes + value
    }
    let head =
      Array("k8s\0".utf8) + [0x0A, 0x0C, 0x0A, 2] + Array("v1".utf8) + [0x12, 6] + Array("Secret".utf8) + [0x12]
    return [
      ("rows of 2 MB", row([0x80, 0x89, 0x7A])), ("rows of 1 GiB", row([0x80, 0x80, 0x80, 0x80, 0x04], head)),
      ("protobuf", head + [0xFF, 0xFF, 0x7F]), ("protobuf without a length", head),
      ("json", Array(#"{"kind":"Secret","apiVersion":"v1","metadata":{"name":""#.utf8)),
      ("nested json", Array(#"{"a":"#.utf8)), ("quotes", Array(#""kind":"Secret""#.utf8)),
      ("yaml", Array("apiVersion: v1\nkind: Secret\n".utf8)), ("base64", Array("azhzAAoMCgJ2MRIGU2VjcmV0".utf8)),
      ("cbor", [0xD9, 0xD9, 0xF7, 0xBF]), ("ends of Secrets", Array("\u{1A}\u{6}Opaque\u{1A}\0\"\0".utf8)),
    ]
  }()

  @Test(
    "examines sixteen bytes for each byte of input at most", arguments: overlapping.map(\.name), [1 << 16, 1 << 17])
  func work(name: String, count: Int) throws {
    let unit = try #require(Self.overlapping.first { $0.name == name }?.unit)
    let bytes = Array(repeatElement(unit, count: count / unit.count).joined())
    var finds = Self.finds()
    finds.budget.add(input: bytes.count)
    var search = ResidueSearch(pageSize: Self.pageSize, .little, pageBound: 1 << 20)
    search.begin(at: 4096, isHeaded: false, &finds)
    for start in stride(from: 0, to: bytes.count, by: 1 << 14) {
      search.append(Array(bytes[start..<min(bytes.count, start + 1 << 14)]).rawSpan, &finds)
    }
    search.end(&finds)
    // The last find may be as long as there are bytes.
    let bound = SearchBudget.fixed + UInt64(bytes.count) * (SearchBudget.perByte + 1)
    #expect(finds.budget.examined <= bound, "\(Double(finds.budget.examined) / Double(bytes.count)) bytes for each")
    #expect(finds.budget.examined >= UInt64(bytes.count))
  }

  @Test("says so when it gives up, and does not count a second reading as input")
  func givenUp() throws {
    let unit = try #require(Self.overlapping.first?.unit)
    var writer = BoltWriter(pageSize: 4096)
    writer.freePages = [20: Array(repeatElement(unit, count: 1 << 12).joined())]
    let sealed = StoredSecret.sealed(.secretbox, "key1")
    let image = writer.image(EtcdWriter(.v36, [.put(secretKey("live"), sealed)]).root)
    let report = try report(on: image, Policy())
    #expect(report.errorCodes == ["residue-unsearched"])
    #expect(report.verdict == .error)
    #expect(try SnapshotVerificationTests.report(on: image, Policy.rows()).verdict == .pass, "nobody asked for residue")

    let directory = try TemporaryDirectory()
    let (file, tree) = try Opening(directory.file("db", image.snapshot())).outcome.get()
    var demand = ResidueDemand(scope: Policy().scope, owned: PageSet(capacity: tree.pageBound))
    var spent = SearchBudget()
    spent.add(input: Int(file.byteCount))
    spent.charge(Int(SearchBudget.fixed + file.byteCount * SearchBudget.perByte))
    demand.budget = spent
    let again = PageScan(
      .atOffsets(file.byteCount) { buffer, count, offset throws(VerificationError) in
        do throws(BoltError) { try file.read(count, at: offset, into: &buffer) } catch {
          throw VerificationError(error)
        }
      }, tree.meta, pageBound: tree.pageBound,
      CandidateList(scope: demand.scope, prefixes: PrefixTable(scope: demand.scope)), takesHash: false,
      retainsPages: false, residue: demand, ReadingOptions(workers: 1))
    let budget = try #require(again.residue?.budget)
    #expect(budget.input == file.byteCount)
    #expect(budget.isOverdrawn)
  }

  /// What a search finds.
  private struct Found: Equatable {
    var offsets: [UInt64] = []
    var lengths: [UInt32] = []
    var fragments: [UInt64] = []
    var zero: [UInt32] = []
    var unexplained: [ResiduePages.Unexplained] = []
    var remnants: [[UInt32]] = []
  }

  private static func finds(
    in bytes: [UInt8], at start: UInt64, _ ends: [Int], isHeaded: Bool, isSlack: Bool
  ) -> Found {
    var finds = finds()
    finds.budget.add(input: bytes.count)
    var search = ResidueSearch(pageSize: pageSize, .little, pageBound: 1 << 20)
    search.begin(at: start, isHeaded: isHeaded, isSlack: isSlack, &finds)
    var taken = 0
    for end in ends {
      search.append(Array(bytes[taken..<end]).rawSpan, &finds)
      taken = end
    }
    search.end(&finds)
    return Found(
      offsets: finds.list.candidates.map(\.messageOffset),
      lengths: finds.list.candidates.flatMap { [$0.messageBytes, $0.valueBytes] },
      fragments: finds.fragments.map(\.offset), zero: finds.pages.zero, unexplained: finds.pages.unexplained,
      remnants: ResiduePages.Remnant.allCases.map { finds.pages[$0] })
  }

  private static func finds() -> ResidueFinds {
    let scope = Policy().scope
    return ResidueFinds(
      CandidateList(scope: scope, prefixes: PrefixTable(scope: scope)), scope, digests, pageSize: pageSize,
      pageBound: 1 << 20, isBounded: false)
  }

  /// Rows, parts of rows, pages and other bytes, one behind the other, a few kilobytes in all.
  private static func leftovers(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 0..<random.count(1...12) {
      var part: [UInt8]
      switch random.count(0...6) {
      case 0: part = [UInt8](repeating: random.one(of: [0, 0xFF, UInt8(ascii: "-")]), count: random.count(1...1500))
      case 1: part = random.bytes(random.count(1...900))
      case 2: part = StoredSecret.json
      case 3:
        let page = bytes.count / pageSize + 1
        part = BoltPageEncoder(pageSize: pageSize).leaf(
          UInt64(page), [EtcdWriter.Row.secret("p\(number)", 7, StoredSecret.plaintext(dataKeys: [])).leafRow])
      default:
        let value = random.isOne(in: 2) ? StoredSecret.plaintext() : StoredSecret.sealed(.secretbox, "key1")
        let row = EtcdWriter.Row.secret("s\(number)", Int64(number + 1), value)
        part = row.boltKey + row.keyValue.encoded
      }
      if random.isOne(in: 3) { part.removeFirst(random.count(0...part.count - 1)) }
      if random.isOne(in: 3) { part.removeLast(random.count(0...part.count - 1)) }
      bytes += part
    }
    return bytes
  }
}
