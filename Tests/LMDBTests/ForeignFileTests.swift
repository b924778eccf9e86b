import Foundation
import TestSupport
import Testing

@testable import LMDB

/// What is no store of LMDB 0.9 on this machine is told as what it is.
@Suite(.timeLimit(.minutes(20))) struct ForeignFileTests {
  private func bytes(_ change: (inout [UInt8]) -> Void) throws -> [UInt8] {
    var bytes = try TestStore([[Entry("a", "1")]]).bytes()
    change(&bytes)
    return bytes
  }

  private func fault(_ bytes: [UInt8]) throws -> LMDBError? {
    let store = try TestStore(file: bytes)
    var errors: [LMDBError] = []
    for writes in [false, true] {
      do throws(LMDBError) {
        _ = writes ? try Environment(writing: store.path, tables: 1) : try Environment(reading: store.path, tables: 1)
      } catch { errors.append(error) }
    }
    #expect(errors.count == 2 && Set(errors).count == 1)
    #expect(try store.bytes() == bytes)
    return errors.first
  }

  /// LMDB 1.0: a header of 24 bytes, then the same magic number, and version 2 (mdb.c of its branch `mdb.master3`).
  @Test func storeOfLMDB1IsOfAnotherVersion() throws {
    let file = try bytes { bytes in
      for page in [4096, 0] {
        let meta = Array(bytes[page + 16..<page + 152])
        bytes.replaceSubrange(page + 24..<page + 24 + meta.count, with: meta)
        bytes.replaceSubrange(page + 8..<page + 24, with: [UInt8](repeating: 0, count: 16))
        bytes[page + 18] = 8
        bytes[page + 28] = 2
      }
    }
    #expect(try fault(file) == .otherVersion(2))
  }

  @Test(arguments: [0, 2, 999] as [UInt32])
  func versionOtherThanOneIsTold(version: UInt32) throws {
    let file = try bytes { bytes in
      for page in [0, 4096] { bytes.replaceSubrange(page + 20..<page + 24, with: littleEndian(version)) }
    }
    #expect(try fault(file) == .otherVersion(version))
  }

  private func littleEndian(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

  @Test func storeOfAMachineWithAnotherByteOrderIsTold() throws {
    let file = try bytes { bytes in
      for page in [0, 4096] { bytes[page + 16..<page + 20].reverse() }
    }
    #expect(try fault(file) == .otherByteOrder)
  }

  @Test func otherFilesAreNoStores() throws {
    var random = SeededGenerator(seed: 12)
    for file in [[UInt8](repeating: 0, count: 8192), random.bytes(20_000), Array("{}".utf8) + random.bytes(5000)] {
      #expect(try fault(file) == .notStore)
    }
    #expect(try fault(Array("short".utf8)) == .cut(bytes: 5, needed: 8192))
  }

  @Test func whatIsMissingOrNoFileIsTold() throws {
    let store = try TestStore([[Entry("a", "1")]])
    #expect(throws: LMDBError.missing) { _ = try Environment(reading: store.path("none"), tables: 1) }
    #expect(throws: LMDBError.missing) { _ = try Environment(writing: store.path("none"), tables: 1) }
    #expect(throws: LMDBError.missing) { _ = try Environment(reading: store.file, tables: 1) }
    #expect(throws: LMDBError.exists) { _ = try Environment(creating: store.path, tables: 1) }
    #expect(throws: LMDBError.missing) { _ = try Environment(creating: "\(store.path("none"))/below", tables: 1) }

    let empty = store.path("empty")
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
    #expect(throws: LMDBError.missing) { _ = try Environment(reading: empty, tables: 1) }
    #expect(throws: LMDBError.missing) { _ = try Environment(writing: empty, tables: 1) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: empty) == [])

    let odd = store.path("odd")
    try FileManager.default.createDirectory(atPath: "\(odd)/data.mdb", withIntermediateDirectories: true)
    #expect(throws: LMDBError.notStore) { _ = try Environment(reading: odd, tables: 1) }
    #expect(throws: LMDBError.exists) { _ = try Environment(creating: odd, tables: 1) }
  }

  @Test func descriptionsAreSentencesThatSayWhatToDo() {
    let errors: [LMDBError] = [
      .missing, .exists, .permissionDenied, .readOnly, .notStore, .cut(bytes: 0, needed: 8192),
      .cut(bytes: 1, needed: 2), .otherVersion(2), .otherByteOrder, .corrupted, .diskFull, .fileTooLong, .inputOutput,
      .mapFull, .tooManyFiles, .alreadyOpen, .busy, .otherLocks, .interrupted, .tooManyReaders, .keyLength(512),
      .keyOrder,
      .missingTable("rows"), .tooManyTables, .transactionTooLarge, .forked, .unusable,
      .other(code: 22, text: "Invalid argument"),
    ]
    let damages = StoreDamage.Kind.allCases.flatMap { kind in
      [LMDBError.damaged(.init(kind, page: 7, path: [])), .damaged(.init(kind, page: 7, path: [2, 5]))]
    }
    let sentences = (errors + damages).map(\.description)
    #expect(Set(sentences).count == sentences.count)
    for sentence in sentences {
      #expect(sentence.first?.isUppercase == false && sentence.last != "." && sentence.count < 250, "\(sentence)")
    }
  }
}
