import BoltFormat
import Foundation
import TestSupport
import Testing

/// Every byte of a small snapshot that etcd wrote is flipped, and it is cut at every length.
@Suite("Of a damaged snapshot both readers say the same, and no row is lost in silence")
struct ScanDamageTests {
  /// Saved by `etcdctl snapshot save` of etcd 3.4, after a compaction and a defragmentation: plaintext and encrypted
  /// Secrets, history and a tombstone, in 6 pages of 4 KiB.
  private static let bytes: [UInt8] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "TestSupport/Fixtures/small-snapshot.db")
    guard let bytes = try? [UInt8](Data(contentsOf: path)) else { preconditionFailure("the fixture is there") }
    return bytes
  }()
  private static let imageBytes = bytes.count - 32
  private static let pageSize = 4096
  private static let places = try? RowPlaces(of: bytes, containing: "/secrets/")

  /// As many parts as the work is split into, so that several processors share it.
  private static let parts = 16
  /// Those of the parts that run.
  private static let sampledParts = Exhaustive.sample(2, of: 0..<parts)

  /// Numbers below `count` that leave the same rest, so that all parts take about the same time.
  private static func part(_ number: Int, below count: Int) -> StrideTo<Int> {
    stride(from: number, to: count, by: parts)
  }

  // MARK: Bytes

  @Test("Wherever a byte is flipped that is read as what it is", .tags(.exhaustive), arguments: sampledParts)
  func flips(part: Int) throws {
    let places = try #require(Self.places)
    let snapshot = try DamagedSnapshot(Self.bytes)
    let before = snapshot.report(.kept)
    #expect(before.errors == [] && before.live.total == 3 && before.history.total == 3)
    for offset in Self.part(part, below: Self.imageBytes) where places.used.contains(offset) {
      let mask = SeededGenerator.mask(offset)
      try snapshot.withByte(at: offset, flipping: mask, .kept) { damaged in
        #expect(damaged.report(.kept).verdict == .error, "byte \(offset) ^ \(mask)")
      }
      for hash in [DamagedSnapshot.Hash.skipped, .recomputed] {
        // A hash that matches takes nothing from what the pages say: one byte in 8 will do.
        guard hash == .skipped || offset / Self.parts % 8 == 0 else { continue }
        try snapshot.withByte(at: offset, flipping: mask, hash) { damaged in
          let report = damaged.report(hash)
          let differences = damaged.report(hash, .tree).differences(from: report)
          #expect(differences == [], "byte \(offset) ^ \(mask), \(hash)")
          places.expectExplained(before.rowsLost(in: report), report, at: offset)
        }
      }
    }
  }

  /// So many bytes are flipped at once where nothing but the hash reads them.
  private static let unreadRun = 16

  @Test("Wherever bytes are flipped that nothing but the hash reads", .tags(.exhaustive), arguments: sampledParts)
  func unreadFlips(part: Int) throws {
    let places = try #require(Self.places)
    let snapshot = try DamagedSnapshot(Self.bytes)
    let before = snapshot.report(.skipped)
    for number in Self.part(part, below: Self.imageBytes / Self.unreadRun) {
      let run = number * Self.unreadRun..<(number + 1) * Self.unreadRun
      for range in IndexSet(integersIn: run).subtracting(places.used).rangeView {
        for offset in range {
          let verification = snapshot.hashVerification(flipping: SeededGenerator.mask(offset), at: offset)
          #expect(verification.errors.map(\.code) == ["hash-mismatch"], "byte \(offset)")
        }
        for hash in DamagedSnapshot.Hash.allCases where hash == .skipped || number / Self.parts % 4 == 0 {
          try snapshot.withBytes(range, flipping: SeededGenerator.mask(number), hash) { damaged in
            let report = damaged.report(hash)
            #expect(report.errorCodes == (hash == .kept ? ["hash-mismatch"] : []), "bytes \(range), \(hash)")
            #expect(before.rowsLost(in: report) == 0, "bytes \(range), \(hash)")
            if hash == .skipped { #expect(before.differences(from: report) == [], "bytes \(range)") }
            #expect(damaged.report(hash, .tree).differences(from: report) == [], "bytes \(range), \(hash)")
          }
        }
      }
    }
  }

  @Test("Wherever the SHA-256 itself is flipped", arguments: [UInt8(1), 0x80, 0xFF])
  func trailerFlips(mask: UInt8) throws {
    let snapshot = try DamagedSnapshot(Self.bytes)
    let before = snapshot.report(.kept)
    for offset in Self.imageBytes..<Self.bytes.count {
      try snapshot.withByte(at: offset, flipping: mask, .kept) { damaged in
        let report = damaged.report(.kept)
        #expect(report.errorCodes == ["hash-mismatch"], "byte \(offset) ^ \(mask)")
        #expect(report.verdict == .error, "byte \(offset) ^ \(mask)")
        #expect(before.rowsLost(in: report) == 0, "byte \(offset) ^ \(mask)")
        #expect(damaged.report(.kept, .tree).differences(from: report) == [], "byte \(offset) ^ \(mask)")
      }
    }
  }

  // MARK: Lengths

  @Test("Wherever it is cut", .tags(.exhaustive), arguments: sampledParts)
  func cuts(part: Int) throws {
    let snapshot = try DamagedSnapshot(Self.bytes)
    for count in Self.part(part, below: Self.imageBytes).reversed() {
      try snapshot.cut(to: count)
      for hash in [DamagedSnapshot.Hash.kept, .skipped] {
        let report = snapshot.report(hash)
        #expect(report.verdict == .error, "\(count) bytes, \(hash)")
        // Pages are whole or not there: within one page, a few lengths will do.
        guard count % Self.pageSize < 100 || count / Self.parts % 8 == 0 else { continue }
        #expect(snapshot.report(hash, .tree).differences(from: report) == [], "\(count) bytes, \(hash)")
      }
      guard count % 512 == 0 || count / Self.parts % 32 == 0 else { continue }
      try snapshot.withDigest { sealed in
        let report = sealed.report(.kept)
        #expect(report.verdict == .error, "\(count) bytes and their hash")
        #expect(sealed.report(.kept, .tree).differences(from: report) == [], "\(count) bytes and their hash")
      }
    }
  }

  @Test("Wherever its SHA-256 is cut") func trailerCuts() throws {
    let snapshot = try DamagedSnapshot(Self.bytes)
    let before = snapshot.report(.kept)
    for count in (Self.imageBytes..<Self.bytes.count).reversed() {
      try snapshot.cut(to: count)
      let report = snapshot.report(.kept)
      #expect(report.errorCodes == (count == Self.imageBytes ? [] : ["trailer-truncated"]), "\(count) bytes")
      #expect(report.rules.contains(.hashMissing), "\(count) bytes")
      #expect(before.rowsLost(in: report) == 0, "\(count) bytes")
      #expect(snapshot.report(.kept, .tree).differences(from: report) == [], "\(count) bytes")
      let unhashed = snapshot.report(.skipped)
      #expect(unhashed.errors == [] && before.rowsLost(in: unhashed) == 0, "\(count) bytes")
      #expect(snapshot.report(.skipped, .tree).differences(from: unhashed) == [], "\(count) bytes")
    }
  }

  // MARK: Streams

  @Test("Through a pipe, wherever a byte is flipped", .tags(.exhaustive), arguments: sampledParts)
  func streamedFlips(part: Int) throws {
    let places = try #require(Self.places)
    let snapshot = try DamagedSnapshot(Self.bytes)
    let before = snapshot.report(.kept)
    for offset in Self.part(part, below: Self.imageBytes)
    where places.used.contains(offset) && offset / Self.parts % 8 == 0 {
      let mask = SeededGenerator.mask(offset)
      try snapshot.withByte(at: offset, flipping: mask, .skipped) { damaged in
        let stream = try damaged.streamed(.skipped)
        places.expectExplained(before.rowsLost(in: stream), stream, at: offset)
        let file = damaged.report(.skipped)
        #expect(stream.disagreements(with: file) == [], "byte \(offset) ^ \(mask)")
        #expect(stream.rowsLost(in: file) == 0, "byte \(offset) ^ \(mask)")
      }
    }
    for offset in stride(from: part * 64 + 3, to: Self.bytes.count, by: Self.parts * 64) {
      try snapshot.withByte(at: offset, flipping: SeededGenerator.mask(offset), .kept) { damaged in
        let stream = try damaged.streamed(.kept)
        #expect(stream.verdict == .error, "byte \(offset)")
      }
    }
  }

  @Test("Through a pipe, wherever it is cut", .tags(.exhaustive), arguments: sampledParts)
  func streamedCuts(part: Int) throws {
    let snapshot = try DamagedSnapshot(Self.bytes)
    for count in Self.part(part, below: Self.bytes.count).reversed() {
      try snapshot.cut(to: count)
      guard count % Self.pageSize < Self.parts || count / Self.parts % 32 == 0 || count > Self.imageBytes else {
        continue
      }
      for hash in [DamagedSnapshot.Hash.kept, .skipped] {
        let stream = try snapshot.streamed(hash)
        if count < Self.imageBytes { #expect(stream.verdict == .error, "\(count) bytes") }
        #expect(stream.disagreements(with: snapshot.report(hash)) == [], "\(count) bytes, \(hash)")
      }
    }
  }
}
