import BoltFormat
import Cryptography
import EtcdStorage
import KubernetesStorage
import Testing

@testable import CaseStore
@testable import VerificationModel

@Suite("What became of a value that could be read") struct StandingTests {
  private static func row(
    _ main: Int64, _ layer: Layer?, _ valueClass: ValueClass, contents: UInt8? = nil
  ) -> StoredRow {
    var row = StoredRow(layer: layer, valueClass: valueClass, offset: ByteOffset(1), valueBytes: 10)
    row.key = EtcdKey(bytes: Array("/registry/secrets/a/b".utf8))
    row.revision = Revision(main: main, sub: 0)
    row.resource = "secrets"
    row.prefix = EtcdPrefix("/registry")
    row.contents = contents.map { SHA256Digest(bytes: [UInt8](repeating: $0, count: 32)) }
    if contents != nil, valueClass == .encrypted { row.authenticity = .authentic }
    return row
  }

  private static func standing(_ snapshots: [[StoredRow]], isWhole: Bool = true) throws -> CaseExposure.Standing? {
    let sample = try SampleCase()
    for (number, rows) in snapshots.enumerated() {
      var snapshot = SampleSnapshot(number, rows, revision: Int64(number))
      if !isWhole { snapshot.report.errors = [VerificationError(code: "truncated", message: "cut")] }
      try sample.add(snapshot)
    }
    var reader = try sample.reader()
    return try reader.exposures().objects.first?.standing
  }

  @Test func `each standing`() throws {
    let plain = Self.row(2, .live, .plaintext, contents: 1)
    #expect(try Self.standing([[plain]]) == .plaintext)
    #expect(try Self.standing([[plain], []]) == .deleted)
    #expect(try Self.standing([[plain], []], isWhole: false) == .unknown)
    #expect(try Self.standing([[plain], [Self.row(3, .live, .encrypted)]]) == .unknown)
    #expect(try Self.standing([[plain], [Self.row(3, .live, .encrypted, contents: 1)]]) == .reencrypted)
    let changed = [Self.row(3, .live, .encrypted, contents: 2)]
    #expect(try Self.standing([[plain], changed]) == .changed(since: Revision(main: 3, sub: 0)))
    let later = [Self.row(3, .history, .encrypted, contents: 2), Self.row(4, .live, .encrypted, contents: 2)]
    #expect(try Self.standing([[plain], later]) == .changed(since: Revision(main: 3, sub: 0)))
    // One that can be read and is not whole may be the one in use.
    #expect(try Self.standing([[plain, Self.row(1, .residue, .plaintext)], changed]) == .unknown)
    #expect(try Self.standing([[Self.row(2, .live, .encrypted)]]) == nil)
  }

  @Test func `what keys told later counts for snapshots that were added without them, in any order`() throws {
    let plain = Self.row(2, .history, .plaintext, contents: 1)
    let closed = Self.row(3, .live, .encrypted)
    let opened = Self.row(3, .live, .encrypted, contents: 1)
    for (first, second) in [(closed, opened), (opened, closed)] {
      #expect(try Self.standing([[plain, first], [second]]) == .reencrypted)
    }
    // Two snapshots that disagree on a revision.
    let forged = Self.row(3, .live, .encrypted, contents: 9)
    let sample = try SampleCase()
    try sample.add(SampleSnapshot(1, [opened], revision: 1))
    try sample.add(SampleSnapshot(2, [forged], revision: 2))
    try sample.add(SampleSnapshot(3, [closed], revision: 3))
    var reader = try sample.reader()
    let timeline = try reader.timeline("a/b")
    #expect(timeline.entries.count == 3 && Set(timeline.entries.map(\.revision)).count == 1)
    #expect(timeline.entries.map(\.contents) == [nil, 1, 2])
  }
}
