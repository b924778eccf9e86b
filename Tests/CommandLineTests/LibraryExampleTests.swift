import BoltFormat
import EncryptionConfig
import EtcdStorage
import Foundation
import KubernetesStorage
import PolicyFile
import Reporting
import SnapshotVerification
import Testing
import ValueAuthentication
import VerificationModel

/// The Swift code that the chapter on the library shows, compiled and run; and the page that the chapter on bbolt shows,
/// read by it.
@Suite("The library, as the chapters show it")
struct LibraryExampleTests {
  @Test func `the chapter shows the code of this file`() throws {
    let chapter = try #require(Document.chapters.first { $0.name == "Library" })
    let code = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let lines = Set(code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    let blocks = chapter.blocks.filter { $0.language == "swift" }
    #expect(blocks.count == 3)
    for block in blocks {
      let shown = chapter.lines[block.lines].map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(shown.filter { !$0.isEmpty && $0 != #"let path = "backup.db""# && !lines.contains($0) } == [])
    }
  }

  @Test func `the chapter names every product`() throws {
    let chapter = try #require(Document.chapters.first { $0.name == "Library" })
    let products = Document("Package.swift").text.matches(of: /\.library\(name: "(\w+)"/).map { String($0.output.1) }
    #expect(products.count > 10)
    for product in products { #expect(chapter.text.contains("`\(product)`"), "\(product)") }
  }

  @Test func `verifies`() throws {
    let path = Sample.mixed.path
    let policy = Policy(failOn: .medium)
    let report = Verifier(policy: policy).verify(path: path)
    print(report.verdict)  // pass, fail or error
    for finding in report.findings where finding.severity >= .high {
      print(finding.rule.rawValue, finding.subject?.names?.key?.description ?? finding.message)
    }
    print(TextReport().render(report, policy: policy))
    #expect(report.verdict == .fail)
  }

  @Test func `verifies with a configuration, keys and a policy`() throws {
    let folder = Sample.directory.path(percentEncoded: false)
    let sample = Sample.tampered
    let report = try check(
      sample.path, configuration: "\(folder)/\(sample.name)/encryption-config.yaml", policy: "\(folder)/policy.yaml",
      day: try #require(CalendarDay("2026-11-30")))
    #expect(report.verdict == .fail)
    #expect(report.findings.contains { $0.rule == .valueMoved })
    #expect(throws: InvalidPolicy.self) {
      try check(
        sample.path, configuration: "\(folder)/\(sample.name)/encryption-config.yaml", policy: sample.path,
        day: CalendarDay(number: 0))
    }
  }

  @Test func `reads rows`() throws {
    #expect(try countEncrypted(in: [UInt8](Sample.mixed.bytes)) > 0)
    #expect(try countEncrypted(in: [UInt8](Sample.plain.bytes)) == 0)
  }

  @Test func `reads the page that the chapter on bbolt shows`() throws {
    let chapter = try #require(Document.chapters.first { $0.name == "BoltFormat" })
    let rows = chapter.text.matches(of: /\n00[0-9a-f]0 ((?: +[0-9a-f]{2}\b)+)/).map { $0.output.1 }
    let bytes = rows.flatMap { $0.split(separator: " ").compactMap { UInt8($0, radix: 16) } }
    // Sound: any byte is part of a RawSpan, and the array outlives it.
    let page = unsafe bytes.span.bytes
    let header = PageHeader(decoding: page, .little)
    #expect(header.id == PageID(5) && header.kind == .leaf && header.count == 1 && header.overflow == 0)
    let element = Element(leaf: page.extracting(16..<32), at: 16, .little)
    #expect(!element.isBucket && element.keyStart == 0x20 && element.end == bytes.count)
    let key = try RevisionKey(decoding: page.extracting(element.keyStart..<element.valueStart))
    #expect(key.revision == Revision(main: 2, sub: 0) && !key.isTombstone)
    let row = try KeyValue(decoding: page.extracting(element.valueStart..<element.end))
    #expect(row.key.byteCount == "foo".utf8.count && row.value.byteCount == "bar".utf8.count)
    #expect(bytes.suffix(3).elementsEqual("bar".utf8))
  }
}

/// Holds a snapshot against the configuration and policy of its cluster, and decrypts its values to see whether they are
/// authentic.
func check(_ snapshot: String, configuration: String, policy file: String, day: CalendarDay) throws -> SnapshotReport {
  let encryption = try ConfigurationFile(path: configuration).configuration
  let document = try PolicyDocument(path: file, today: day)
  var policy = document.applied(to: Policy())
  policy.configuration = ConfigurationCheck(path: configuration, configuration: encryption)
  policy.decryption = DecryptionRequest()
  return Verifier(policy: policy, keys: KeyRing(encryption), rating: document.rating).verify(path: snapshot)
}

struct Memory: ByteSource {
  let bytes: [UInt8]
  var byteCount: UInt64 { UInt64(bytes.count) }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
      throw BoltError(.readFailed, offset: ByteOffset(offset))
    }
    let start = Int(offset)
    buffer.replaceSubrange(0..<min(count, buffer.count), with: bytes[start..<start + count])
  }
}

/// How many values are encrypted, of all resources, live or not.
func countEncrypted(in snapshot: [UInt8]) throws -> Int {
  let tree = try Tree(Memory(bytes: snapshot))
  guard let bucket = tree.bucket(named: "key".utf8) else { return 0 }
  var cursor = tree.cursor(over: bucket)
  var count = 0
  while cursor.next(report: { damage in print(damage) }) {
    guard let row = try? KeyValue(decoding: cursor.row.value) else { continue }
    if Classification(of: row.value).valueClass == .encrypted { count += 1 }
  }
  return count
}

/// The tests print nothing.
private func print(_ items: Any...) {}
