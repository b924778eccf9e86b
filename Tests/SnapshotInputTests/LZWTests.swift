import TestSupport
import Testing

@testable import SnapshotInput

@Suite("LZW, as Gardener's backups are packed")
struct LZWTests {
  private let directory: TemporaryDirectory
  private let gardener = Trial("gardener")

  init() throws { directory = try TemporaryDirectory() }

  private var packed: [UInt8] { get throws { try gardener.bytes("Full-00000000-00000500-1700000000.lzw") } }
  private var snapshot: [UInt8] { Unpacked(gardener.path("Full-00000000-00000500-1700000000.gz")).bytes }

  /// Packs `bytes` as Go's compress/lzw does: codes of 9 to 12 bits, the lowest first, a full table cleared.
  private static func pack(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var (bits, bitCount, width) = (0, 0, 9)
    func write(_ code: Int) {
      bits |= code << bitCount
      bitCount += width
      while bitCount >= 8 {
        output.append(UInt8(truncatingIfNeeded: bits))
        (bits, bitCount) = (bits >> 8, bitCount - 8)
      }
    }
    var table: [[Int]: Int] = [:]
    var greatest = 257
    write(256)
    var current: Int?
    for byte in bytes {
      guard let code = current else {
        current = Int(byte)
        continue
      }
      if let longer = table[[code, Int(byte)]] {
        current = longer
        continue
      }
      write(code)
      greatest += 1
      if greatest == 1 << width { width += 1 }
      if greatest == 4095 {
        width = 12
        write(256)
        (table, greatest, width) = ([:], 257, 9)
      } else {
        table[[code, Int(byte)]] = greatest
      }
      current = Int(byte)
    }
    if let current {
      write(current)
      greatest += 1
      if greatest == 1 << width, width < 12 { width += 1 }
    }
    write(257)
    if bitCount > 0 { output.append(UInt8(truncatingIfNeeded: bits)) }
    return output
  }

  @Test("A full snapshot is read")
  func full() throws {
    let unpacked = try Unpacked(directory.file("a", packed))
    #expect(unpacked.allFailures == [])
    #expect(unpacked.snapshots.map(\.containers) == [[.lzw]])
    #expect(unpacked.bytes == snapshot)
  }

  @Test("One of any size, into a block of any size", arguments: [100, 5000, 800_000], [1, 4096, 1 << 20])
  func sizes(count: Int, blockBytes: Int) throws {
    let bytes = Array(try Packing.sample("03-aescbc-mixed").prefix(count))
    let unpacked = try Unpacked(directory.file("a", Self.pack(bytes)), blockBytes: blockBytes)
    #expect(unpacked.allFailures == [])
    #expect(unpacked.bytes == bytes)
  }

  @Test("A cut is told")
  func cut() throws {
    let unpacked = try Unpacked(directory.file("a", Array(packed.dropLast(100))))
    #expect(unpacked.allFailures.map(\.code) == [.containerTruncated])
    #expect(unpacked.isFront(of: snapshot))
  }

  @Test("A code that stands for nothing is told")
  func damaged() throws {
    var bytes = try packed
    for index in 5000..<5016 { bytes[index] = 0xFF }
    #expect(try !Unpacked(directory.file("a", bytes)).allFailures.isEmpty)
  }

  @Test("A delta snapshot in it is named")
  func delta() throws {
    let text = #"[{"etcdEvent":{"kv":{"key":"YQ=="}},"time":"2024-01-01T00:00:00Z"}]"#
    let failures = try Unpacked(directory.file("a", Self.pack(Array(text.utf8)))).failures
    #expect(failures.map(\.content) == [.deltaSnapshot])
    #expect(failures.map(\.containers) == [[.lzw]])
  }
}
