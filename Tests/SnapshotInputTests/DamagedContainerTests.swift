import TestSupport
import Testing

@testable import SnapshotInput

@Suite("A damaged container is an error, and hides nothing")
struct DamagedContainerTests {
  private let packing: Packing

  init() throws { packing = try Packing() }

  /// Containers whose formats have a checksum over the content.
  private static let checked = Packing.containers.filter { $0.format != "tar" }

  @Test("A changed byte is noticed, unless it changes nothing", arguments: checked)
  func flippedByte(_ container: (format: String, script: String)) async throws {
    let packed = try await packing.bytes("packed", container.script)
    var random = SeededGenerator(seed: 11)
    let places = Array(0..<60) + (0..<40).map { _ in Int.random(in: 60..<packed.count, using: &random) }
    for place in places + Array(packed.count - 40..<packed.count) {
      var bytes = packed
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let unpacked = try Unpacked(packing.directory.file("flipped", bytes))
      // A mark that is destroyed makes it a file of some other kind.
      let isWhole = unpacked.bytes == packing.snapshot || unpacked.snapshots.first?.containers == []
      #expect(isWhole || !unpacked.allFailures.isEmpty, "byte \(place) of \(packed.count)")
    }
  }

  @Test("A changed byte in a tar archive breaks nothing", arguments: ["gnu", "pax"])
  func flippedHeader(format: String) async throws {
    let packed = try await packing.bytes("packed", "tar --format=\(format) -c -f packed snapshot.db")
    var random = SeededGenerator(seed: 12)
    for place in stride(from: 0, to: 1536, by: 3) {
      var bytes = packed
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let unpacked = try Unpacked(packing.directory.file("flipped", bytes))
      #expect(!unpacked.snapshots.isEmpty || !unpacked.failures.isEmpty)
    }
  }

  @Test("Bytes that follow are told, after all that is before them", arguments: checked.filter { $0.format != "zip" })
  func trailing(_ container: (format: String, script: String)) async throws {
    let unpacked = try await Unpacked(packing.make("packed", "\(container.script); yes | head -c 100 >> packed"))
    #expect(unpacked.isFront(of: packing.snapshot))
    // libarchive's zstd keeps up to 128 KiB to itself when it finds a fault.
    #expect(unpacked.bytes.count >= packing.snapshot.count - (container.format == "zstd" ? 1 << 17 : 0))
    // Where streams follow one another, what follows may be taken for a damaged one.
    let code: InputError.Code =
      ["zstd", "xz"].contains(container.format) ? .containerDamaged : .containerTrailingData
    #expect(unpacked.allFailures.map(\.code) == [code])
  }

  @Test("Bytes that follow an archive are told", arguments: ["tar -c", "zip -q -"])
  func trailingArchive(program: String) async throws {
    let script = "\(program) snapshot.db > packed; echo more >> packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.bytes == packing.snapshot)
    #expect(unpacked.failures.count == 1)
  }

  @Test("A damaged file in an archive hides none that follows")
  func following() async throws {
    let script = """
      for n in a b c; do cp snapshot.db $n; gzip $n; done
      printf 'XXXX' | dd of=b.gz bs=1 seek=90000 conv=notrunc 2> dd.log
      """
    for archive in ["tar -c -f packed a.gz b.gz c.gz", "zip -q packed a.gz b.gz c.gz; mv packed.zip packed"] {
      let unpacked = try await Unpacked(packing.make("packed", "\(script); \(archive); rm *.gz"))
      #expect(unpacked.snapshots.map(\.member) == ["a.gz", "b.gz", "c.gz"])
      #expect(unpacked.snapshots.map(\.failure?.code) == [nil, .containerDamaged, nil])
      #expect(unpacked.snapshots.map(\.failure?.member) == [nil, "b.gz", nil])
      #expect(unpacked.snapshots.map { $0.bytes == packing.snapshot } == [true, false, true])
      #expect(unpacked.failures == [])
    }
  }

  @Test("The wrong checksum of a zip archive's entry is told after its bytes")
  func zipChecksum() async throws {
    var bytes = try await packing.bytes("packed", "cp snapshot.db a; zip -q -0 - a snapshot.db > packed")
    bytes[100_000] ^= 1
    let unpacked = try Unpacked(packing.directory.file("flipped", bytes))
    #expect(unpacked.snapshots.map(\.member) == ["a", "snapshot.db"])
    #expect(unpacked.snapshots.map(\.bytes.count) == [packing.snapshot.count, packing.snapshot.count])
    #expect(unpacked.snapshots.map(\.failure?.code) == [.containerDamaged, nil])
    #expect(unpacked.failures == [])
  }

  @Test("An encrypted zip archive says so, for each file")
  func encrypted() async throws {
    let script = "cp snapshot.db a; zip -q -P password - a snapshot.db > packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.snapshots.isEmpty)
    // Its directory can't be held against members that nobody could read.
    #expect(unpacked.failures.prefix(2).map(\.code) == [.containerEncrypted, .containerEncrypted])
    #expect(unpacked.failures.prefix(2).map(\.member) == ["a", "snapshot.db"])
  }

  @Test("A method of zip that is not supported says so")
  func method() async throws {
    let unpacked = try await Unpacked(packing.make("packed", "zip -q -Z bzip2 - snapshot.db > packed"))
    #expect(unpacked.failures.map(\.code) == [.unsupportedCompression])
    #expect(unpacked.failures.map(\.member) == ["snapshot.db"])
  }

  @Test(
    "What merely begins like a container",
    arguments: [
      "1f8b0800", "28b52ffd", "fd377a585a00", "04224d18", "425a6839", "504b0304",
    ])
  func noise(mark: String) throws {
    var random = SeededGenerator(seed: 7)
    let unpacked = try Unpacked(packing.directory.file("noise", [UInt8](hex: mark) + random.bytes(100_000)))
    #expect(unpacked.allFailures.count == 1)
    #expect(unpacked.snapshots.isEmpty)
  }

  /// The mark of zlib is two bytes, with which texts may begin.
  @Test("What merely begins like zlib is something else", arguments: ["789c", "7801", "785e"])
  func noZlib(mark: String) throws {
    var random = SeededGenerator(seed: 7)
    let unpacked = try Unpacked(packing.directory.file("noise", [UInt8](hex: mark) + random.bytes(100_000)))
    #expect(unpacked.allFailures == [])
    #expect(unpacked.snapshots.map(\.containers) == [[]])
  }
}
