import Cryptography
import EtcdStorage
import TestSupport
import Testing

@testable import SnapshotReading
@testable import VerificationModel

@Suite("What is kept of rows for a listener")
struct KeptRowsTests {
  private static func candidate(at offset: UInt64, byteCount: UInt32 = 100) -> Candidate {
    Candidate(
      digest: .none, revision: Revision(main: 2, sub: 0), messageOffset: offset, messageBytes: byteCount, valueStart: 0,
      valueBytes: 0, version: 1, kind: 0, place: .outside)
  }

  private static func digest(_ number: Int) -> SHA256Digest {
    SHA256Digest(bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32))
  }

  private static func add(
    _ key: [UInt8], _ contents: SHA256Digest?, at offset: UInt64, number: Int, to kept: inout KeptRows
  ) {
    kept.add(candidate(at: offset), number: number, key: unsafe key.span.bytes, contents: contents)
  }

  private static func key(_ number: Int) -> [UInt8] { Array("/registry/secrets/default/\(number)".utf8) }

  @Test func `keys and digests are found again, in whatever order rows came`() {
    var random = SeededGenerator(seed: 7)
    let numbers = (0..<20_000).shuffled(using: &random)
    var kept = KeptRows()
    for number in numbers {
      Self.add(
        Self.key(number), number % 3 == 0 ? nil : Self.digest(number), at: UInt64(number) * 64, number: number,
        to: &kept)
    }
    kept.settle()
    for number in 0..<20_000 {
      let row = kept.row(of: Self.candidate(at: UInt64(number) * 64))
      #expect(row.key?.bytes == Self.key(number))
      #expect(row.contents == (number % 3 == 0 ? nil : Self.digest(number)))
    }
    #expect(kept.row(of: Self.candidate(at: 1)).key == nil)
    #expect(kept.row(of: Self.candidate(at: 64, byteCount: 99)).key == nil)
    #expect(kept.row(of: Self.candidate(at: .max)).key == nil)
  }

  @Test func `lists join, and rows that were taken back are gone`() {
    var total = KeptRows()
    var number = 0
    for block in 0..<40 {
      var kept = KeptRows()
      for row in 0..<600 {
        Self.add(Self.key(number), Self.digest(number), at: UInt64(number), number: row, to: &kept)
        number += 1
      }
      if block % 2 == 1 {
        kept.takeBack(to: 300)
        number -= 300
      }
      total.join(kept, behind: block * 1000)
      kept.removeAll()
      kept.settle()
      #expect(kept.row(of: Self.candidate(at: 0)).key == nil)
    }
    let some = total.lying(at: [5, 7])
    total.takeBack(to: 39_100)
    total.settle()
    #expect(total.row(of: Self.candidate(at: UInt64(number - 201))).key?.bytes == Self.key(number - 201))
    #expect(total.row(of: Self.candidate(at: UInt64(number - 200))).key == nil)
    #expect(some.row(of: Self.candidate(at: 7)).contents == Self.digest(7))
    #expect(some.row(of: Self.candidate(at: 6)).key == nil)
  }

  @Test func `long keys are kept while there is room, and no longer ones than others are named by`() {
    var kept = KeptRows()
    let long = [UInt8](repeating: UInt8(ascii: "k"), count: EtcdKey.maximumNamedBytes)
    for number in 0..<10_000 { Self.add(long, Self.digest(number), at: UInt64(number), number: number, to: &kept) }
    Self.add(long + [0], nil, at: 10_000, number: 10_000, to: &kept)
    Self.add(Self.key(1), nil, at: 10_001, number: 10_001, to: &kept)
    var joined = kept
    joined.join(kept, behind: 20_000)
    for kept in [kept, joined] {
      var kept = kept
      kept.settle()
      let named = (0..<10_000).count { kept.row(of: Self.candidate(at: UInt64($0))).key != nil }
      #expect(named == (16 << 20) / EtcdKey.maximumNamedBytes)
      #expect((0..<10_000).allSatisfy { kept.row(of: Self.candidate(at: UInt64($0))).contents == Self.digest($0) })
      #expect(kept.row(of: Self.candidate(at: 10_000)).key == nil)
      #expect(kept.row(of: Self.candidate(at: 10_001)).key?.bytes == Self.key(1))
    }
  }
}
