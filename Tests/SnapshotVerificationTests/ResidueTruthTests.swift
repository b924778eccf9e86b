import BoltFormat
import Foundation
import KubernetesStorage
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

/// Every Secret of the fixtures carries a string `CANARY-…`: a raw search of the file for them tells what a search for
/// plaintext must find.
@Suite("What is left over is found, and nothing else")
struct ResidueTruthTests {
  private static let policy = Policy(failOn: nil, maximumFindings: 100_000)

  /// What a raw search of a snapshot finds outside the pages in use.
  private struct Canaries {
    let bytes: [UInt8]
    let owned: PageSet
    let pageSize: Int
    /// Where canaries lie that no page owns.
    private(set) var offsets: [Int] = []

    init(_ fixture: SnapshotFixture) throws {
      bytes = try [UInt8](Data(contentsOf: URL(filePath: fixture.path())))
      let tree = try Tree(MemorySource(bytes))
      var visitor = PageVisitor()
      owned = tree.walk(&visitor)
      pageSize = tree.meta.pageSize
      for offset in bytes.offsets(of: "CANARY-") where !isOwned(offset) { offsets.append(offset) }
    }

    func isOwned(_ offset: Int) -> Bool { owned.contains(PageID(UInt64(offset / pageSize))) }

    /// The beginning of the Secret in protobuf whose declared length reaches over `offset`, with its namespace and name, if
    /// no page that is in use or has a header of its own lies between; nil when its beginning is gone.
    func secret(around offset: Int) -> (start: Int, namespace: String, name: String)? {
      let head = Array("k8s\0\u{0A}\u{0C}\u{0A}\u{02}v1\u{12}\u{06}Secret\u{12}".utf8)
      var start = offset
      while start >= 0, offset - start < 2 << 20 {
        if bytes[start] == UInt8(ascii: "k"), bytes[start...].starts(with: head) {
          let (length, body) = varint(at: start + head.count)
          guard body + length > offset else { return nil }
          guard let object = metadata(at: body) else { return nil }
          return (start, object.namespace, object.name)
        }
        if start % pageSize == 0, isOwned(start) || hasHeader(start) || isOwned(start - 1) { return nil }
        start -= 1
      }
      return nil
    }

    private func hasHeader(_ offset: Int) -> Bool {
      let id = bytes[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
      return id == UInt64(offset / pageSize) && [1, 2, 4, 16].contains(bytes[offset + 8]) && bytes[offset + 9] == 0
    }

    private func varint(at offset: Int) -> (value: Int, end: Int) {
      var value = 0
      var end = offset
      while bytes[end] >= 0x80 {
        value |= Int(bytes[end] & 0x7F) << (7 * (end - offset))
        end += 1
      }
      return (value | Int(bytes[end]) << (7 * (end - offset)), end + 1)
    }

    /// meta/v1 ObjectMeta, the first field of the object: name 1, namespace 3.
    private func metadata(at offset: Int) -> (namespace: String, name: String)? {
      guard bytes[offset] == 0x0A else { return nil }
      var (_, next) = varint(at: offset + 1)
      var texts: [UInt8: String] = [:]
      for _ in 0..<3 {
        let tag = bytes[next]
        let (length, start) = varint(at: next + 1)
        guard [0x0A, 0x12, 0x1A].contains(tag), start + length < bytes.count else { break }
        texts[tag] = String(decoding: bytes[start..<start + length], as: UTF8.self)
        next = start + length
      }
      guard let name = texts[0x0A] else { return nil }
      return (texts[0x1A] ?? "", name)
    }
  }

  @Test(
    "Every canary whose Secret still has its beginning lies in an object of its name", arguments: SnapshotFixture.all)
  func recall(_ fixture: SnapshotFixture) throws {
    let canaries = try Canaries(fixture)
    let report = try FixtureReport.withResidue(of: fixture)
    let found = report.findings.filter { $0.rule == .plaintextResidue }
    var objects: [Int: Finding] = [:]
    for finding in found where finding.reason != "fragment" {
      for place in finding.locations.isEmpty ? [finding.offset].compactMap(\.self) : finding.locations {
        objects[Int(place.rawValue)] = finding
      }
    }
    var headless = 0
    // A value that is nothing but a canary is no object: its tag and length stand before it.
    for offset in canaries.offsets where canaries.bytes[offset - 2] != 0x2A {
      guard let secret = canaries.secret(around: offset) else {
        headless += 1
        continue
      }
      let names = try #require(objects[secret.start], "the Secret at \(secret.start)").subject?.names
      #expect(names?.name == secret.name)
      #expect(names?.namespace ?? "" == secret.namespace)
    }
    // What has no beginning lies in a fragment, or in a page that is told to be unexplained.
    if headless > 0 {
      let unexplained = report.residue?.unexplainedPages ?? 0
      #expect(unexplained + UInt64(found.count { $0.reason == "fragment" }) > 0)
    }
    let truth = try fixture.truth().residue
    #expect(canaries.owned.count == truth.reachablePages)
    // Of those in base64, raw search finds none.
    let distinct = try #require(truth.distinctCanaries).unreachablePage
    #expect(Set(canaries.offsets.map { canaries.bytes.word(at: $0) }).count <= distinct)
    #expect(distinct == 0 || !found.isEmpty)
  }

  @Test("Nothing that a row in use holds is told to be left over only", arguments: SnapshotFixture.all)
  func precision(_ fixture: SnapshotFixture) throws {
    let report = try FixtureReport.withResidue(of: fixture)
    var readable: [String: Layer] = [:]
    for finding in report.findings where finding.layer != .residue && finding.valueClass == .plaintext {
      readable[finding.identity] = finding.layer
    }
    let left = report.findings.filter { $0.layer == .residue && $0.subject?.revision != nil }
    for finding in left {
      #expect(finding.alsoIn == [readable[finding.identity]].compactMap(\.self))
    }
    #expect(Set(left.map(\.identity)).count == left.count, "each revision of each key once")
    let counts = report.resources.compactMap(\.residue)
    #expect(counts.reduce(0) { $0 + $1.objects + $1.fragments } == report.findingCounts[.plaintextResidue] ?? 0)
    #expect(counts.reduce(0) { $0 + $1.alsoReadable } == report.findings.count { !$0.alsoIn.isEmpty })
    let pages = try #require(report.residue)
    let slack = pages.zeroPages + pages.explainedPages + pages.unexplainedPages
    #expect(slack == report.bolt?.unreachablePages)
    #expect(pages.unexplainedReadablePages <= pages.unexplainedPages)
    #expect((report.findingCounts[.residueUnexplained] ?? 0 > 0) == (pages.unexplainedPages > 0))
    // Real etcd wrote every byte: next to all of it can be told.
    #expect(pages.unexplainedPages * 50 <= slack)
    #expect(pages.unexplainedReadablePages == 0)
  }

  @Test(
    "A defragmented snapshot holds nothing any more",
    arguments: SnapshotFixture.all.filter { $0.description.contains("defragged") })
  func defragmented(_ fixture: SnapshotFixture) throws {
    let report = try FixtureReport.withResidue(of: fixture)
    #expect(report.findings.allSatisfy { $0.severity < .high })
    #expect(report.findings.allSatisfy { $0.layer != .residue })
  }

  @Test(
    "A pipe tells what the file does", arguments: SnapshotFixture.all.filter { !$0.description.hasPrefix("snapshots") })
  func streams(_ fixture: SnapshotFixture) async throws {
    let file = try FixtureReport.withResidue(of: fixture)
    let directory = try TemporaryDirectory()
    let packed = "\(directory.path)/backup.db.gz"
    let gzip = try await ChildProcess(
      ["sh", "-c", "gzip -1 <\"$0\" >\"$1\"", fixture.path(), packed], in: directory.path)
    try #require(gzip.status == 0, "\(gzip.errors)")
    let stream = Verifier(policy: Self.policy).verify(path: packed)
    #expect(stream.residue == file.residue)
    #expect(stream.resources == file.resources)
    #expect(stream.findings.filter { $0.layer == .residue } == file.findings.filter { $0.layer == .residue })
  }
}

extension Finding {
  /// What tells a revision of a key from others.
  fileprivate var identity: String { "\(key ?? "") \(subject?.revision?.description ?? "")" }
}

/// Visits nothing: the pages alone count.
private struct PageVisitor: TreeVisitor {
  mutating func enter(_ bucket: Bucket) {}
  mutating func visit(_ row: borrowing Row) {}
  mutating func leave(_ bucket: Bucket) {}
  mutating func finish(_ page: PageUse) {}
  mutating func find(_ error: BoltError) {}
}

/// A file in memory.
private struct MemorySource: ByteSource {
  let bytes: [UInt8]
  var byteCount: UInt64 { UInt64(bytes.count) }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
      throw BoltError(.readFailed, offset: ByteOffset(offset))
    }
    buffer.replaceSubrange(0..<min(count, buffer.count), with: bytes[Int(offset)..<Int(offset) + count])
  }
}

extension [UInt8] {
  /// Where `text` stands.
  fileprivate func offsets(of text: String) -> [Int] {
    let wanted = Data(text.utf8)
    let data = Data(self)
    var offsets: [Int] = []
    var start = 0
    while let range = data.range(of: wanted, in: start..<data.count) {
      offsets.append(range.lowerBound)
      start = range.upperBound
    }
    return offsets
  }

  /// The letters, digits and hyphens from `offset` on.
  fileprivate func word(at offset: Int) -> String {
    String(
      decoding: self[offset...].prefix { byte in
        byte == 0x2D || byte == 0x2E || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }, as: UTF8.self)
  }
}
