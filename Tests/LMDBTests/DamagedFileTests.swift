import Foundation
import LMDB
import TestSupport
import Testing

/// A byte that was changed never kills the process: it is told, or what is read is whole.
@Suite(.timeLimit(.minutes(60))) struct DamagedFileTests {
  /// What a small store holds, and held one transaction before.
  private struct Whole {
    let bytes: [UInt8]
    let entries: [Entry]
    let before: [Entry]
  }

  private static let whole: Whole? = {
    var random = SeededGenerator(seed: 21)
    let first = random.entries(150, valueBytes: 0...200)
    let long = random.entries(3, valueBytes: 4500...9000)
    guard let store = try? TestStore([first, long]), let before = try? store.entries() else { return nil }
    do {
      var opened = try Environment(writing: store.path, tables: 4)
      try opened.put(random.entries(20), in: "rows")
      try opened.put([Entry("a", "1")], in: "others")
      let middle = try opened.entries(of: "rows")
      try opened.put([Entry("last", "2")], in: "rows")
      return Whole(bytes: try store.bytes(), entries: try opened.entries(of: "rows"), before: middle)
    } catch {
      return nil
    }
  }()

  private static let pageBytes = 4096

  /// What came of reading a file: an error, or everything in it.
  private func read(_ bytes: [UInt8], checks: Bool) throws -> Result<[Entry], LMDBError> {
    let store = try TestStore(file: bytes)
    do throws(LMDBError) {
      var opened = try store.opened()
      if checks { _ = try opened.check() }
      return .success(try opened.entries(of: "rows"))
    } catch { return .failure(error) }
  }

  @Test func wholeStoreIsReadAndChecked() throws {
    let whole = try #require(Self.whole)
    #expect(try read(whole.bytes, checks: true) == .success(whole.entries))
  }

  /// There is no checksum: what lies in a meta page must follow from the rest of the file.
  @Test(.tags(.exhaustive), arguments: [0, 1])
  func changedBytesOfMetaPagesAreToldOrDoNotMatter(page: Int) throws {
    let whole = try #require(Self.whole)
    let places = (0..<152).flatMap { byte -> [(byte: Int, bits: UInt8)] in
      (0..<9).map { (byte, $0 < 8 ? 1 << UInt8($0) : 0xFF) }
    }
    for (byte, bits) in Exhaustive.sample(400, of: places) {
      var bytes = whole.bytes
      bytes[page * Self.pageBytes + byte] ^= bits
      switch try read(bytes, checks: false) {
      case .success(let entries): #expect(entries == whole.entries, "byte \(byte), bits \(bits)")
      case .failure(.damaged(let damage)): #expect(damage.page < bytes.count / Self.pageBytes)
      case .failure(.cut(_, let needed)): #expect(needed > bytes.count)
      case .failure(let error): Issue.record("byte \(byte), bits \(bits): \(error)")
      }
    }
  }

  /// The fields that count, each one changed to what another page, or another state, would have.
  @Test func metaPageThatNamesAnotherPageIsTold() throws {
    let whole = try #require(Self.whole)
    let current = whole.bytes[144] > whole.bytes[Self.pageBytes + 144] ? 0 : Self.pageBytes
    // The roots of the free pages' tree and of the tables', and the last page.
    for field in [80, 128, 136] {
      for page in 0..<(whole.bytes.count / Self.pageBytes + 2) where whole.bytes[current + field] != UInt8(page) {
        var bytes = whole.bytes
        bytes[current + field] = UInt8(page)
        let result = try read(bytes, checks: false)
        #expect(throws: LMDBError.self, "field \(field), page \(page)") { try result.get() }
      }
    }
  }

  /// An older state, its transaction's number made the greater one: it would be read, and written upon, without a word.
  @Test func olderStateThatClaimsToBeTheNewestIsTold() throws {
    let whole = try #require(Self.whole)
    let newest = Int(max(whole.bytes[144], whole.bytes[Self.pageBytes + 144]))
    var bytes = whole.bytes
    bytes[(newest + 1) % 2 * Self.pageBytes + 144] = UInt8(newest + 1)
    #expect(throws: LMDBError.self) { try read(bytes, checks: false).get() }
  }

  @Test(.tags(.exhaustive), arguments: 0..<8)
  func changedByteAnywhereIsToldOrOnlyChangesAValue(bit: Int) throws {
    let whole = try #require(Self.whole)
    // Every 31st byte, at another place for each bit: all of them would take half an hour.
    for byte in Exhaustive.sample(500, of: Array(stride(from: bit, to: whole.bytes.count, by: 31))) {
      var bytes = whole.bytes
      bytes[byte] ^= 1 << UInt8(bit)
      switch try read(bytes, checks: true) {
      case .success(let entries):
        // Whatever the bytes say that are a key or a value, all entries are there.
        #expect(entries.count == whole.entries.count, "byte \(byte), bit \(bit)")
      // The page may be one that is named somewhere, and is not there.
      case .failure(.damaged), .failure(.cut), .failure(.missingTable): break
      case .failure(let error): Issue.record("byte \(byte), bit \(bit): \(error)")
      }
    }
  }

  @Test(.tags(.exhaustive), arguments: Exhaustive.sample(10, of: 1...200))
  func pagesFullOfOtherBytesAreTold(seed: Int) throws {
    let whole = try #require(Self.whole)
    var random = SeededGenerator(seed: UInt64(seed))
    for page in 0..<whole.bytes.count / Self.pageBytes {
      var bytes = whole.bytes
      let start = page * Self.pageBytes
      // All of it, a half, or that of another page.
      switch random.count(0...2) {
      case 0: bytes.replaceSubrange(start..<start + Self.pageBytes, with: random.bytes(Self.pageBytes))
      case 1: bytes.replaceSubrange(start + 2048..<start + Self.pageBytes, with: random.bytes(2048))
      default:
        let other = random.count(0...whole.bytes.count / Self.pageBytes - 1) * Self.pageBytes
        bytes.replaceSubrange(start..<start + Self.pageBytes, with: whole.bytes[other..<other + Self.pageBytes])
      }
      if case .success(let entries) = try read(bytes, checks: true) {
        #expect(entries.map(\.key) == whole.entries.map(\.key), "page \(page)")
      }
    }
  }
}
