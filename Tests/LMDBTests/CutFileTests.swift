import Foundation
import LMDB
import TestSupport
import Testing

/// A file that was cut short is told as such before it is mapped, unless nothing is missing but free pages.
@Suite(.timeLimit(.minutes(20))) struct CutFileTests {
  /// Trees of two levels, values on pages of their own, free pages in the middle and at the end.
  private static let whole: (bytes: [UInt8], entries: [Entry])? = {
    var random = SeededGenerator(seed: 11)
    let first = random.entries(400, valueBytes: 0...300)
    let long = random.entries(5, valueBytes: 5000...15_000)
    guard let store = try? TestStore([first, long, Array(first.prefix(100))]), let bytes = try? store.bytes() else {
      return nil
    }
    return try? (bytes, store.entries())
  }()

  private static let pageBytes = 4096

  @Test func fileIsReadWholeOrCutAtEveryPage() throws {
    let whole = try #require(Self.whole)
    let pages = whole.bytes.count / Self.pageBytes
    #expect(pages > 30)
    var isWhole = 0
    for page in 0...pages {
      for length in [-1, 0, 1, 100].map({ page * Self.pageBytes + $0 }) where 0...whole.bytes.count ~= length {
        let store = try TestStore(file: Array(whole.bytes.prefix(length)))
        do throws(LMDBError) {
          var opened = try store.opened()
          _ = try opened.check()
          #expect(try opened.entries(of: "rows") == whole.entries)
          isWhole += 1
        } catch {
          guard case .cut(let bytes, let needed) = error else {
            Issue.record("\(length): \(error)")
            continue
          }
          #expect(bytes == length)
          #expect(needed > length && needed <= whole.bytes.count)
        }
      }
    }
    #expect(isWhole >= 1)
  }

  /// Opening alone tells of all that is read before the tables.
  @Test func emptyFileIsNoNewStore() throws {
    let store = try TestStore(file: [])
    #expect(throws: LMDBError.cut(bytes: 0, needed: 8192)) { _ = try store.opened() }
    #expect(throws: LMDBError.cut(bytes: 0, needed: 8192)) { _ = try Environment(writing: store.path, tables: 1) }
    #expect(throws: LMDBError.exists) { _ = try Environment(creating: store.path, tables: 1) }
    #expect(try store.bytes() == [])
  }

  @Test func bytesBehindTheLastPageDoNoHarm() throws {
    let whole = try #require(Self.whole)
    for extra in [1, 4095, 4096, 100_000] {
      let store = try TestStore(file: whole.bytes + [UInt8](repeating: 0xAB, count: extra))
      var opened = try store.opened()
      _ = try opened.check()
      #expect(try opened.entries(of: "rows") == whole.entries)
    }
  }
}
