import TestSupport
import Testing

@testable import SnapshotInput

@Suite("A damaged container is an error, and hides nothing")
struct DamagedContainerTests {
  private let packing: Packing

  init() throws { packing = try Packing() }

  /// Containers whose formats have a checksum over the content.
  private static let checked = Packing.containers.filter { !["tar", "compress"].contains($0.format) }

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
    #expect(unpacked.bytes == packing.snapshot)
    #expect(unpacked.allFailures.map(\.code) == [.containerTrailingData])
  }

  @Test(
    "A few bytes that follow are told too",
    arguments: ["zstd -q -c", "xz -1 -c", "gzip -c"], [1, 3, 4, 11])
  func fewTrailingBytes(program: String, count: Int) async throws {
    let script = "\(program) snapshot.db > packed; yes | head -c \(count) >> packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.bytes == packing.snapshot)
    #expect(unpacked.allFailures.map(\.code) == [.containerTrailingData])
  }

  @Test("What follows data of compress(1), which has no end of its own, comes out behind the snapshot, or is an error")
  func trailingCompress() async throws {
    let script = "python3 -c '\(Packing.compress)' snapshot.db > packed; yes | head -c 100 >> packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.bytes.starts(with: packing.snapshot))
    #expect(unpacked.bytes.count > packing.snapshot.count || !unpacked.allFailures.isEmpty)
  }

  @Test("A wrong header of compress(1) is told", arguments: ["ff", "20", "00"])
  func compressHeader(byte: String) throws {
    let unpacked = try Unpacked(packing.directory.file("packed", [UInt8](hex: "1f9d" + byte) + packing.snapshot))
    #expect(unpacked.allFailures.map(\.code) == [.containerDamaged])
  }

  @Test("Bytes that follow an archive are told", arguments: ["tar -c", "zip -q -"])
  func trailingArchive(program: String) async throws {
    let script = "\(program) snapshot.db > packed; echo more >> packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.bytes == packing.snapshot)
    #expect(unpacked.failures.map(\.code) == [program == "tar -c" ? .containerTrailingData : .containerDamaged])
  }

  @Test("Bytes that follow a tar archive are told from a damaged one", arguments: [100, 512, 5000, 200_000])
  func trailingTar(count: Int) async throws {
    let script = "tar -c snapshot.db > packed; yes | head -c \(count) >> packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.bytes == packing.snapshot)
    #expect(unpacked.failures.map(\.code) == [.containerTrailingData])
    // The archive's end is missing, and the snapshot ends in the zeros that fill its last block.
    let cut = "tar -c snapshot.db | head -c \((512 + packing.snapshot.count + 511) / 512 * 512) > cut"
    let damaged = try await Unpacked(packing.make("cut", "\(cut); yes | head -c \(count) >> cut"))
    #expect([[.containerTruncated], [.containerDamaged]].contains(damaged.failures.map(\.code)))
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
    #expect(unpacked.failures.map(\.code) == [.containerEncrypted, .containerEncrypted])
    #expect(unpacked.failures.map(\.member) == ["a", "snapshot.db"])
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
