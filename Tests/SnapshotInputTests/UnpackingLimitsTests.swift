import TestSupport
import Testing

@testable import SnapshotInput

@Suite("What was made to exhaust the machine does not")
struct UnpackingLimitsTests {
  private let packing: Packing
  private static let harmlessBytes = Int(UnpackingLimits.harmlessBytes)

  init() throws { packing = try Packing() }

  /// Reads all of `path`, keeping nothing; answers how much there was before the first error.
  private func measure(_ path: String, limits: UnpackingLimits = UnpackingLimits()) throws -> (Int, InputError?) {
    let streams = try SnapshotStreams(path: path, limits: limits)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
    defer { unsafe block.deallocate() }
    var total = 0
    do throws(InputError) {
      while let stream = try streams.next() {
        while case let count = unsafe try stream.read(into: block), count > 0 { total += count }
      }
      return (total, nil)
    } catch {
      return (total, error)
    }
  }

  /// The codes of all errors of the file at `path`, in their order.
  private func codes(_ path: String) throws -> [InputError.Code] {
    let streams = try SnapshotStreams(path: path, limits: UnpackingLimits())
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
    defer { unsafe block.deallocate() }
    var codes: [InputError.Code] = []
    while codes.count < 8 {
      do throws(InputError) {
        guard let stream = try streams.next() else { break }
        while unsafe try stream.read(into: block) > 0 {}
      } catch {
        codes.append(error.code)
      }
    }
    return codes
  }

  @Test("Zeros without end are cut off", arguments: ["gzip -9 -c", "zstd -q -c", "zstd -q -c | gzip -1 -c"])
  func ratio(program: String) async throws {
    let path = try await packing.make("packed", "(cat snapshot.db; head -c 320M /dev/zero) | \(program) > packed")
    let (byteCount, error) = try measure(path)
    #expect(error?.code == .excessiveRatio)
    #expect(byteCount >= Self.harmlessBytes && byteCount < 320 << 20)
    let raised = try measure(path, limits: UnpackingLimits(ratio: 10_000_000))
    #expect(raised.0 == (320 << 20) + packing.snapshot.count && raised.1 == nil)
  }

  @Test("So are those that an archive holds, and what an archive calls holes")
  func archive() async throws {
    let script = """
      truncate -s 320M snapshot.db; truncate -s 1T zeros; cp snapshot.db b; cp snapshot.db c
      tar -S -c -f sparse zeros snapshot.db b c; zip -q - snapshot.db > packed
      """
    let (byteCount, error) = try await measure(packing.make("packed", script))
    #expect(error?.code == .excessiveRatio && error?.member == "snapshot.db")
    #expect(byteCount <= Self.harmlessBytes + 2 << 20)
    // Larger than the zip, for its content is not compressed; but all its files count together. The zeros are told first.
    let sparse = try await codes(packing.make("sparse", "true"))
    #expect(sparse.prefix(2) == [.notSnapshot, .excessiveRatio])
  }

  @Test("A snapshot larger than it may be is cut off", arguments: ["gzip -c snapshot.db", "tar -c snapshot.db"])
  func size(script: String) async throws {
    let path = try await packing.make("packed", "\(script) > packed")
    let count = UInt64(packing.snapshot.count)
    for limit in [0, 1, 100_000, count - 1] {
      let unpacked = Unpacked(path, limits: UnpackingLimits(byteCount: limit), blockBytes: 4096)
      #expect(unpacked.allFailures.map(\.code) == [.tooLarge])
      #expect((Int(limit)...Int(limit) + 4096).contains(unpacked.bytes.count))
      #expect(unpacked.isFront(of: packing.snapshot))
    }
    #expect(Unpacked(path, limits: UnpackingLimits(byteCount: count)).allFailures == [])
  }

  @Test("A plain file is as large as it is")
  func plain() throws {
    let path = "\(packing.directory.path)/snapshot.db"
    #expect(Unpacked(path, limits: UnpackingLimits(byteCount: 1, ratio: 1)).bytes == packing.snapshot)
  }

  @Test("Containers in one another are opened to a depth", arguments: ["gzip -c", "zstd -q -c", "tar -c", "zip -q -"])
  func depth(program: String) async throws {
    let script = "mv snapshot.db 0; for i in 0 1 2 3 4 5 6 7 8; do \(program) $i > $((i + 1)); done"
    let eight = try await Unpacked(packing.make("8", script))
    #expect(eight.allFailures == [])
    #expect(eight.snapshots.map(\.containers.count) == [8])
    #expect(eight.bytes == packing.snapshot)
    let nine = try await Unpacked(packing.make("9", "true"))
    #expect(nine.snapshots.isEmpty)
    #expect(nine.failures.map(\.code) == [.nestedTooDeep])
  }

  /// The header of the block in an xz file names the window's size: 30 stands for 128 MiB, 40 for 4 GiB (xz file format, 5.3.1).
  @Test("An xz file does not get whatever window it wants", arguments: [(30, true), (31, false), (40, false)])
  func window(size: UInt8, isGranted: Bool) async throws {
    let patch = """
      import sys, zlib
      data = bytearray(open("a.xz", "rb").read())
      end = 12 + (data[12] + 1) * 4
      place = data.index(b"\\x21\\x01", 12, end) + 2
      data[place] = \(size)
      data[end - 4:end] = zlib.crc32(bytes(data[12:end - 4])).to_bytes(4, "little")
      open("packed", "wb").write(data)
      """
    try packing.directory.file("patch.py", Array(patch.utf8))
    let unpacked = try await Unpacked(packing.make("packed", "xz -1 -c snapshot.db > a.xz; python3 patch.py"))
    #expect(unpacked.allFailures.map(\.code) == (isGranted ? [] : [.excessiveMemory]))
    #expect((unpacked.bytes == packing.snapshot) == isGranted)
  }

  @Test("zstd does not either", arguments: [(27, true), (30, false)])
  func zstdWindow(log: Int, isGranted: Bool) async throws {
    // Of a file whose size is known no window is made that is larger.
    let script = "cat snapshot.db | zstd -q --long=\(log) -c > packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.allFailures.map(\.code) == (isGranted ? [] : [.excessiveMemory]))
    #expect((unpacked.bytes == packing.snapshot) == isGranted)
  }

  /// The list of holes stands before the data (GNU tar: sparse format 1.0), and libarchive keeps all of it.
  @Test("A tar archive does not get memory for whatever list of holes it has")
  func holes() async throws {
    let write = """
      import io, tarfile
      data = b"4000000\\n" + b"0\\n0\\n" * 4000000
      data += bytes(-len(data) % 512)
      entry = tarfile.TarInfo("snapshot.db")
      entry.size = len(data)
      entry.pax_headers = {
        "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "a", "GNU.sparse.realsize": "9"}
      with tarfile.open("packed", "w", format=tarfile.PAX_FORMAT) as archive: archive.addfile(entry, io.BytesIO(data))
      """
    try packing.directory.file("write.py", Array(write.utf8))
    let unpacked = try await Unpacked(packing.make("packed", "python3 write.py"))
    #expect(unpacked.snapshots.isEmpty)
    #expect(unpacked.failures.map(\.code) == [.containerDamaged])
  }

  @Test("Zeros that follow a tar archive are no header", .timeLimit(.minutes(20)))
  func padding() async throws {
    let script = "tar -c snapshot.db > packed; truncate -s 8M packed"
    let unpacked = try await Unpacked(packing.make("packed", script))
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == packing.snapshot)
  }
}
