import TestSupport
import Testing

@testable import SnapshotInput

@Suite("A container that was cut is never taken for whole")
struct TruncatedContainerTests {
  private let packing: Packing

  init() throws { packing = try Packing() }

  /// Lengths to cut a file of `count` bytes to: everywhere near its ends, and at many places between.
  private func cuts(of count: Int) -> [Int] {
    Array(1..<40) + Array(stride(from: 40, to: count - 40, by: count / 40)) + Array(count - 40..<count)
  }

  /// Checks that `cut`, the front of a container, ends in an error after nothing but the front of the snapshot.
  private func expectError(_ cut: ArraySlice<UInt8>) throws {
    let unpacked = try Unpacked(packing.directory.file("cut", Array(cut)))
    let whole = unpacked.snapshots.first
    if whole?.containers == [] {
      // Too short to show its mark: handed out as it is.
      #expect(cut.count < Container.probeBytes && unpacked.bytes == Array(cut))
    } else {
      #expect(unpacked.allFailures.count == 1, "cut to \(cut.count) bytes: \(unpacked.allFailures)")
      // What is too short for its mark may look like a word.
      let codes: [InputError.Code] =
        cut.count < Container.probeBytes ? [.containerTruncated, .notSnapshot] : [.containerTruncated]
      #expect(unpacked.allFailures.allSatisfy { codes.contains($0.code) }, "\(unpacked.allFailures)")
      #expect(unpacked.snapshots.count <= 1 && unpacked.isFront(of: packing.snapshot))
    }
  }

  /// Data of compress(1) has no end of its own: a cut shows in the snapshot that comes out.
  @Test("At any place", arguments: Packing.containers.filter { $0.format != "compress" })
  func anywhere(_ container: (format: String, script: String)) async throws {
    let packed = try await packing.bytes("packed", container.script)
    // A tar archive ends in blocks of zeros, of which the first is enough.
    let count = container.format == "tar" ? (packed.lastIndex { $0 != 0 } ?? 0) / 512 * 512 + 512 : packed.count
    for length in cuts(of: count) { try expectError(packed.prefix(length)) }
  }

  @Test(
    "At any place, inside another",
    arguments: [
      "tar -c snapshot.db | gzip -c > packed", "gzip -c snapshot.db | xz -1 -c > packed",
      "zstd -q -c snapshot.db > a; zip -q - a > packed", "zip -q a snapshot.db; tar -c a.zip | bzip2 -c > packed",
    ])
  func nested(script: String) async throws {
    let packed = try await packing.bytes("packed", script)
    for length in cuts(of: packed.count) { try expectError(packed.prefix(length)) }
  }

  @Test("In the container inside, the one around it being whole")
  func inside() async throws {
    for format in ["gzip", "zstd -q", "xz -1", "lz4 -q", "bzip2"] {
      let script = "\(format) -c snapshot.db > a; for n in 99 5000 100000; do head -c $n a > a.$n; done"
      let unpacked = try await Unpacked(packing.make("packed", "\(script); tar -c -f packed snapshot.db a.* a"))
      #expect(unpacked.snapshots.compactMap { $0.failure == nil ? $0.member : nil } == ["snapshot.db", "a"])
      #expect(unpacked.allFailures.map(\.code) == [.containerTruncated, .containerTruncated, .containerTruncated])
      #expect(Set(unpacked.allFailures.map(\.member)) == ["a.99", "a.5000", "a.100000"])
    }
  }

  /// What the programs themselves give of cut data is the least that must come.
  @Test("Everything before the cut is handed out", arguments: [("gzip", 0), ("zstd -q", 1 << 17), ("xz -1", 0)])
  func prefix(program: String, missingBytes: Int) async throws {
    for length in [20_000, 100_000, 150_000] {
      let script = "\(program) -c snapshot.db | head -c \(length) > packed"
      let unpacked = try await Unpacked(packing.make("packed", script))
      let expected = try await packing.bytes("expected", "\(program) -d -c packed > expected || true")
      #expect(unpacked.bytes.count >= expected.count - missingBytes)
      #expect(unpacked.isFront(of: packing.snapshot))
      #expect(unpacked.allFailures.map(\.code) == [.containerTruncated])
    }
  }

  @Test("Snapshots before the cut are handed out whole", arguments: ["tar -c", "zip -q -"])
  func archive(program: String) async throws {
    let script = "for n in a b c; do cp snapshot.db $n; done; \(program) a b c > packed"
    let packed = try await packing.bytes("packed", script)
    let unpacked = try Unpacked(packing.directory.file("cut", Array(packed.prefix(packed.count / 2))))
    #expect(unpacked.snapshots.map(\.member) == ["a", "b"])
    #expect(unpacked.snapshots[0].bytes == packing.snapshot)
    #expect(unpacked.snapshots.map(\.failure?.code) == [nil, .containerTruncated])
    // Told once, by the snapshot that was cut.
    #expect(unpacked.failures == [])
  }

  @Test("A tar archive cut between two files")
  func betweenFiles() async throws {
    let one = try await packing.bytes("one", "tar -c -f one snapshot.db")
    let bytes = 512 + (packing.snapshot.count + 511) / 512 * 512
    let unpacked = try Unpacked(packing.directory.file("cut", Array(one.prefix(bytes))))
    #expect(unpacked.bytes == packing.snapshot)
    #expect(unpacked.failures.map(\.code) == [.containerTruncated])
  }

  @Test("A zip archive without its directory, or with the directory of another")
  func directory() async throws {
    let script = "cp snapshot.db a; zip -q - a > one; zip -q - a snapshot.db > packed"
    let packed = try await packing.bytes("packed", script)
    let one = try await packing.bytes("one", "true")
    let mark: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
    func directory(_ bytes: [UInt8]) throws -> Int {
      try #require(bytes.indices.last { bytes[$0...].starts(with: mark) && !bytes[($0 + 1)...].contains(mark) })
    }
    let cut = try Unpacked(packing.directory.file("cut", Array(packed.prefix(try directory(packed)))))
    #expect(cut.snapshots.map(\.bytes) == [packing.snapshot, packing.snapshot])
    #expect(cut.failures.map(\.code) == [.containerTruncated])
    let foreign = one.prefix(try directory(one)) + packed.suffix(22)
    let other = try Unpacked(packing.directory.file("foreign", Array(foreign)))
    #expect(other.failures.map(\.code) == [.containerDamaged])
  }
}
