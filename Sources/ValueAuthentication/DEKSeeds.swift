import ByteViews
import Cryptography
import EtcdStorage
import KubernetesStorage

/// Data keys of KMS plugins, and seeds that data keys are derived from, decrypted by their owner: with them values of KMS
/// providers can be opened without the plugin.
///
/// Read from text of one entry a line:
///
/// ```
/// # seed of kek-2026-01
/// kek-2026-01 = 9f2d…   (64 hex digits)
/// vault:v1:8SDd3WHDOjf… = 16ab…
/// ```
///
/// Before the last `=` stands the key id of KMS v2 as the values hold it, or an encrypted data key or seed (field
/// `encryptedDEKSource` of KMS v2, or what stands before the payload of KMS v1): as text, in hex, or in base64. After it the
/// secret in hex: 16, 24, or 32 … 1024 bytes. A name may stand in several lines: each secret is tried. Empty lines, and
/// those that begin with `#`, are passed over.
public struct DEKSeeds: Sendable {
  /// The longest text that is read, in bytes: some hundred thousand entries.
  public static let maximumByteCount = 64 << 20

  /// All secrets, one behind the other.
  private var secrets: SecretBytes
  private var ranges: [Range<Int>] = []
  /// By name, the entry that was read last; those before it follow through `nexts`.
  private var firsts: [KeyDigest: Int] = [:]
  private var nexts: [Int?] = []
  /// The number in `ranges` of each entry; an entry with several readings of its name has several.
  private var rangeNumbers: [Int] = []
  private let digests = KeyDigest.Maker()

  /// No seeds.
  public init() {
    var none: [UInt8] = []
    secrets = SecretBytes(wiping: &none)
  }

  /// Reads `text`, and overwrites it, also when it throws. O(n).
  public init(wiping text: inout [UInt8]) throws(DEKSeedsError) {
    self.init()
    defer { text.wipe() }
    guard text.count <= Self.maximumByteCount else { throw DEKSeedsError(.tooLong, line: 1) }
    guard !text.contains(0) else { throw DEKSeedsError(.notText, line: 1) }
    var secrets: [UInt8] = []
    // Growing would leave copies behind.
    secrets.reserveCapacity(text.count / 2)
    defer { secrets.wipe() }
    var line = 0
    var start = 0
    while start < text.count {
      line += 1
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      let content = text.trimmed(start..<end)
      if !content.isEmpty, text[content.lowerBound] != UInt8(ascii: "#") {
        do throws(DEKSeedsError.Reason) {
          try read(text, content, into: &secrets)
        } catch {
          throw DEKSeedsError(error, line: line)
        }
      }
      start = end + 1
    }
    self.secrets = SecretBytes(wiping: &secrets)
  }

  /// How many secrets there are.
  public var count: Int { ranges.count }

  /// An entry whose name is `name`, or stands for it in hex or base64; nil when there is none. O(length).
  package func first(named name: RawSpan) -> Int? { firsts[digests.digest(of: name)] }

  /// Another entry of the same name; nil after the last one.
  package func next(after entry: Int) -> Int? { nexts[entry] }

  /// The secret of `entry`.
  package func key(_ entry: Int) -> ReadyKey { ReadyKey(secrets, ranges[rangeNumbers[entry]]) }

  private mutating func read(
    _ text: [UInt8], _ line: Range<Int>, into secrets: inout [UInt8]
  ) throws(DEKSeedsError.Reason) {
    guard let sign = text[line].lastIndex(of: UInt8(ascii: "=")) else { throw .noEqualsSign }
    let name = text.trimmed(line.lowerBound..<sign)
    guard !name.isEmpty else { throw .noName }
    let digits = text.trimmed((sign + 1)..<line.upperBound)
    let start = secrets.count
    guard digits.count % 2 == 0, text.appendHex(digits, to: &secrets) else { throw .notHex }
    let range = start..<secrets.count
    guard range.count == 16 || range.count == 24 || (32...1024).contains(range.count) else { throw .length }
    ranges.append(range)
    add(Array(text[name]))
    var bytes: [UInt8] = []
    if name.count % 2 == 0, text.appendHex(name, to: &bytes) { add(bytes) }
    if let bytes = text.base64(name) { add(bytes) }
  }

  /// Adds a reading of the name of the last secret.
  private mutating func add(_ name: [UInt8]) {
    let digest = digests.digest(of: name.rawSpan)
    nexts.append(firsts[digest])
    firsts[digest] = rangeNumbers.count
    rangeNumbers.append(ranges.count - 1)
  }
}

extension [UInt8] {
  /// `range` without spaces, tabs and carriage returns at its ends.
  fileprivate func trimmed(_ range: Range<Int>) -> Range<Int> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var range = range
    while let first = self[range].first, isSpace(first) { range = (range.lowerBound + 1)..<range.upperBound }
    while let last = self[range].last, isSpace(last) { range = range.lowerBound..<(range.upperBound - 1) }
    return range
  }

  /// Adds the bytes that the hex digits of `range`, an even number, stand for; false, with some of them added, when one is
  /// no digit.
  fileprivate func appendHex(_ range: Range<Int>, to bytes: inout [UInt8]) -> Bool {
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
      guard let high = self[offset].hexValue, let low = self[offset + 1].hexValue else { return false }
      bytes.append(high << 4 | low)
    }
    return !range.isEmpty
  }

  /// The bytes that `range` stands for in base64 (RFC 4648 §4), padding included; nil when it is none.
  fileprivate func base64(_ range: Range<Int>) -> [UInt8]? {
    guard range.count % 4 == 0 else { return nil }
    var digits = self[range]
    while digits.last == UInt8(ascii: "="), range.count - digits.count < 2 { digits.removeLast() }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    for (index, digit) in digits.enumerated() {
      guard let value = digit.base64Value else { return nil }
      bits = bits << 6 | UInt32(value)
      if index % 4 > 0 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 - 2 * (index % 4)))) }
    }
    return bytes
  }
}

extension UInt8 {
  fileprivate var hexValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
