import CZlib
import Foundation

/// Ways to write an object that no API server has, and everybody can read.
public enum Wrapping {
  /// UTF-16 or UTF-32 without a byte-order mark.
  public static func wide(_ text: [UInt8], bytes width: Int = 2, bigEndian: Bool = false) -> [UInt8] {
    text.flatMap { byte in
      let zeros = [UInt8](repeating: 0, count: width - 1)
      return bigEndian ? zeros + [byte] : [byte] + zeros
    }
  }

  /// Hexadecimal digits, in lines of so many.
  public static func hex(_ bytes: [UInt8], uppercase: Bool = false, line: Int = .max) -> [UInt8] {
    let digits = bytes.flatMap { Array(String(format: uppercase ? "%02X" : "%02x", $0).utf8) }
    return lines(digits, line)
  }

  /// Base64, in lines of so many digits.
  public static func base64(_ bytes: [UInt8], line: Int = .max) -> [UInt8] {
    lines(Array(Data(bytes).base64EncodedString().utf8), line)
  }

  /// Base64 with the alphabet of URLs, and without padding (RFC 4648 §5).
  public static func base64URL(_ bytes: [UInt8]) -> [UInt8] {
    base64(bytes).filter { $0 != 0x3D }.map { $0 == 0x2B ? 0x2D : $0 == 0x2F ? 0x5F : $0 }
  }

  /// `text`, which is ASCII, as a string of JSON.
  public static func string(_ text: [UInt8]) -> [UInt8] {
    let escaped = text.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x22, 0x5C: [0x5C, byte]
      case 0x0A: Array(#"\n"#.utf8)
      default: [byte]
      }
    }
    return [0x22] + escaped + [0x22]
  }

  /// RFC 1952.
  public static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes, windowBits: 15 + 16) }

  /// RFC 1950.
  public static func zlib(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes, windowBits: 15) }

  /// Deflate data with a window of `1 << windowBits` in zlib; with 16 more in gzip.
  public static func deflated(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    precondition(
      deflateInit2_(&stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK)
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 256)
    let count = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
        return output.count - Int(stream.avail_out)
      }
    }
    return Array(output.prefix(count))
  }

  private static func lines(_ digits: [UInt8], _ length: Int) -> [UInt8] {
    guard length < digits.count else { return digits }
    return stride(from: 0, to: digits.count, by: length).flatMap {
      digits[$0..<min($0 + length, digits.count)] + [0x0A]
    }
  }
}
