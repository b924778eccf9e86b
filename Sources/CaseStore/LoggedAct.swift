import ByteViews
import Cryptography

/// An entry of the log, with its number and its digest.
struct LoggedAct {
  let sequence: Int
  let digest: SHA256Digest
  let act: ActRecord
}

extension LoggedAct {
  /// The entry that an entry of table ``CaseTable/log`` is.
  init(_ key: RawSpan, _ value: RawSpan) throws(CaseError) {
    let what = "an entry of the log"
    guard key.byteCount == 8, value.byteCount >= SHA256Digest.byteCount else { throw .damaged("\(what) can't be read") }
    sequence = Int(truncatingIfNeeded: key.bigEndian(at: 0, as: UInt64.self))
    digest = SHA256Digest(bytes: [UInt8](copying: value.extracting(0..<SHA256Digest.byteCount)))
    var reader = FieldReader(value.extracting(SHA256Digest.byteCount..<value.byteCount), "act \(sequence) of the log")
    act = try ActRecord(&reader)
  }
}
