import Cryptography
import VerificationModel

extension SnapshotReport {
  /// The SHA-256 of the bbolt image, without what follows it; nil where it was not taken.
  package var bboltDigest: SHA256Digest? {
    switch file.hash {
    case .match(let digest), .missing(let digest): SHA256Digest(hex: digest)
    case .mismatch(let computed, _): SHA256Digest(hex: computed)
    case .skipped, nil: nil
    }
  }
}

extension SHA256Digest {
  /// The digest of 64 hex digits; nil where these are none.
  init?(hex: String) {
    let digits = hex.utf8.map { UInt8(String(UnicodeScalar($0)), radix: 16) }
    guard digits.count == 2 * Self.byteCount else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[place], let low = digits[place + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    self.init(bytes: bytes)
  }
}
