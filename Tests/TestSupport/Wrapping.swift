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

  private static func lines(_ digits: [UInt8], _ length: Int) -> [UInt8] {
    guard length < digits.count else { return digits }
    return stride(from: 0, to: digits.count, by: length).flatMap {
      digits[$0..<min($0 + length, digits.count)] + [0x0A]
    }
  }
}
