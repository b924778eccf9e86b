import TestSupport

/// Archives, built byte by byte, and their checksums.
enum Packed {
  /// POSIX ustar.
  static func tar(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    for file in files {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, at offset: Int) {
        header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
      }
      let octal = String(file.bytes.count, radix: 8)
      put(file.name, at: 0)
      put("0000644\0", at: 100)
      put(String(repeating: "0", count: 11 - octal.count) + octal, at: 124)
      put("00000000000", at: 136)
      put("0", at: 156)
      put("ustar\u{0}00", at: 257)
      archive += header + file.bytes + [UInt8](repeating: 0, count: (512 - file.bytes.count % 512) % 512)
    }
    return sealed(archive + [UInt8](repeating: 0, count: 1024))
  }

  /// PKWARE APPNOTE 4.3: local headers and data, then the directory; nothing is compressed.
  static func zip(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for file in files {
      let common: [UInt8] =
        [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0] + little(crc32(file.bytes), 4) + little(file.bytes.count, 4)
        + little(file.bytes.count, 4) + little(file.name.utf8.count, 2) + [0, 0]
      directory +=
        [0x50, 0x4B, 1, 2, 20, 0] + common + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + little(archive.count, 4) + file.name.utf8
      archive += [0x50, 0x4B, 3, 4] + common + file.name.utf8 + file.bytes
    }
    let end: [UInt8] =
      [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + little(files.count, 2) + little(files.count, 2) + little(directory.count, 4)
      + little(archive.count, 4) + [0, 0]
    return archive + directory + end
  }

  /// RFC 1952, with the bytes as they are, in one block.
  static func gzip(storing bytes: [UInt8]) -> [UInt8] {
    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(bytes.count, 2) + little(~bytes.count & 0xFFFF, 2) + bytes
      + little(crc32(bytes), 4) + little(bytes.count, 4)
  }

  /// What other programs made of `a Secret, a Secret, a Secret`, in formats that have no writer here.
  static let otherFormats: [[UInt8]] = PackedSamples.all.map { [UInt8](hex: $0) }

  /// `bytes` with the checksums right: of tar's headers, and of a gzip that stores its bytes.
  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for start in stride(from: 0, to: bytes.count - 511, by: 512) {
      guard bytes[start + 257..<start + 262].elementsEqual("ustar".utf8) else { continue }
      bytes.replaceSubrange(start + 148..<start + 156, with: [UInt8](repeating: 0x20, count: 8))
      let octal = String(bytes[start..<start + 512].reduce(0) { $0 + Int($1) }, radix: 8)
      let text = String(repeating: "0", count: 6 - octal.count) + octal + "\0 "
      bytes.replaceSubrange(start + 148..<start + 156, with: text.utf8)
    }
    if bytes.count > 23, bytes.starts(with: [0x1F, 0x8B, 8, 0]), bytes[10] == 1 {
      let body = Array(bytes[15..<bytes.count - 8])
      guard body.count < 1 << 16 else { return bytes }
      bytes.replaceSubrange(11..<15, with: little(body.count, 2) + little(~body.count & 0xFFFF, 2))
      bytes.replaceSubrange((bytes.count - 8)..., with: little(crc32(body), 4) + little(body.count, 4))
    }
    return bytes
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// CRC-32 of gzip and zip, bit by bit (RFC 1952 §8).
  private static func crc32(_ bytes: [UInt8]) -> Int {
    var sum: UInt32 = ~0
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return Int(~sum)
  }
}
