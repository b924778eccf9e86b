import TestSupport
import Testing

@testable import SnapshotInput

@Suite("A zip archive is read as those see it who go by its directory, or not at all")
struct ZipDirectoryTests {
  private let packing: Packing

  init() throws { packing = try Packing() }

  /// An archive of two snapshots: its entries, and of its directory each record.
  private struct Archive {
    var entries: [UInt8]
    var records: [[UInt8]]

    init(_ bytes: [UInt8]) {
      let end = bytes.count - 22
      let start = Self.number(bytes, end + 16, 4)
      entries = Array(bytes[..<start])
      records = []
      var offset = start
      while offset < end {
        let count = 46 + [28, 30, 32].reduce(0) { $0 + Self.number(bytes, offset + $1, 2) }
        records.append(Array(bytes[offset..<offset + count]))
        offset += count
      }
    }

    var bytes: [UInt8] {
      let directory = Array(records.joined())
      func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      }
      let count = number(records.count, 2)
      return entries + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + number(directory.count, 4)
        + number(entries.count, 4) + [0, 0]
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
      bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
  }

  private func archive(_ options: String) async throws -> Archive {
    try packing.directory.file("other.db", Packing.sample("01-identity-plain"))
    return Archive(try await packing.bytes("packed.zip", "zip -q -X \(options) packed snapshot.db other.db"))
  }

  private func failures(_ archive: Archive) throws -> [InputError] {
    let unpacked = Unpacked(try packing.directory.file("changed.zip", archive.bytes))
    #expect(unpacked.snapshots.count == 2)
    return unpacked.allFailures
  }

  @Test("One that is as it should be is no error", arguments: ["", "-0"])
  func whole(options: String) async throws {
    #expect(try failures(await archive(options)) == [])
  }

  @Test("By programs of other kinds", arguments: ["w", "stream", "zip64", "comment"])
  func written(how: String) async throws {
    let program = """
      import sys, zipfile
      class Pipe:
        def write(self, data): return sys.stdout.buffer.write(data)
        def flush(self): sys.stdout.buffer.flush()
      how = sys.argv[1]
      archive = zipfile.ZipFile(Pipe() if how == "stream" else "packed", "w", zipfile.ZIP_DEFLATED)
      for name in ["snapshot.db", "b.db"]:
        with archive.open(zipfile.ZipInfo(name), "w", force_zip64=how == "zip64") as entry:
          entry.write(open("snapshot.db", "rb").read())
      if how == "comment": archive.comment = b"made by hand"
      archive.close()
      """
    try packing.directory.file("pack.py", Array(program.utf8))
    let script = "python3 pack.py \(how) > out; [ \(how) != stream ] || mv out packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == packing.snapshot + packing.snapshot)
  }

  @Test("An entry that is not in the directory is told, whichever it is", arguments: [0, 1], ["", "-0"])
  func hidden(index: Int, options: String) async throws {
    var archive = try await archive(options)
    archive.records.remove(at: index)
    #expect(try failures(archive).map(\.code) == [.containerDamaged])
  }

  @Test("So is one that is in the directory twice, or leads to another's place, size or name", arguments: 0..<4)
  func altered(kind: Int) async throws {
    var archive = try await archive("-0")
    switch kind {
    case 0: archive.records.append(archive.records[0])
    case 1: archive.records[1].replaceSubrange(42..<46, with: archive.records[0][42..<46])
    case 2: archive.records[1][24] ^= 1
    default: archive.records[1][46] ^= 1
    }
    #expect(try failures(archive).map(\.code) == [.containerDamaged])
  }

  @Test("An entry inside the data of another is none that the directory may lead to")
  func inside() async throws {
    // Whoever reads from the front sees two files; whoever goes by the directory sees what lies in the second.
    let inner = try await archive("-0")
    let start = inner.entries.count / 2
    var outer = inner
    let place = (0..<4).map { UInt8(truncatingIfNeeded: start >> (8 * $0)) }
    outer.records[0].replaceSubrange(42..<46, with: place)
    #expect(try failures(outer).map(\.code) == [.containerDamaged])
  }

  @Test("Bytes between the entries and the directory, and behind the end, are told", arguments: [true, false])
  func gaps(isBetween: Bool) async throws {
    let archive = try await archive("")
    var longer = archive
    if isBetween { longer.entries += [UInt8](repeating: 0x58, count: 100) }
    let bytes = isBetween ? longer.bytes : archive.bytes + [0x58]
    let unpacked = Unpacked(try packing.directory.file("changed.zip", bytes))
    #expect(unpacked.allFailures.map(\.code) == [.containerDamaged])
  }

  @Test("Two archives in a row are no archive: other programs see the second alone")
  func concatenated() async throws {
    let script = "cp snapshot.db b.db; zip -q a.zip snapshot.db; zip -q b.zip b.db; cat a.zip b.zip > packed"
    #expect(try await Unpacked(packing.make("packed", script)).failures.map(\.code) == [.containerDamaged])
    #expect(Unpacked(Trial("zip-concat").path("two.zip")).failures.map(\.code) == [.containerDamaged])
  }
}
