import BoltFormat
import ByteViews
import Cryptography
import EtcdStorage
import SnapshotInput
import VerificationModel

/// Holds a snapshot against the SHA-256 at its end.
package struct HashVerification: Sendable {
  /// The outcome.
  package private(set) var check: SnapshotReport.HashCheck
  /// The SHA-256 of all that was read, what follows the image included.
  package let wholeDigest: SHA256Digest?
  /// What is to be told of it.
  package private(set) var findings: [Finding] = []
  /// Why the snapshot can't be trusted as it is.
  package private(set) var errors: [VerificationError] = []

  /// Judges a file, whose meta page counts `imageBytes`, by what came of its bytes.
  package init(of outcome: TrailerHash.Outcome, imageBytes: UInt64) {
    let trailer = Trailer(fileBytes: outcome.byteCount, imageBytes: imageBytes)
    let digests = outcome.digests
    wholeDigest = digests[outcome.byteCount]
    if let place = outcome.secondDatabase {
      let message =
        "a second snapshot begins at offset \(place) and was not examined: split the file there, and verify both parts"
      errors.append(VerificationError(code: "second-snapshot", message: message, offset: ByteOffset(place)))
    }
    check = .missing(computed: digests[outcome.byteCount]?.description ?? "")
    defer { noteLength(outcome, imageBytes: imageBytes) }
    for place in trailer.candidates {
      guard let digest = digests[place], outcome.embedded[place] == digest else { continue }
      check = .match(digest: digest.description)
      noteBytes(after: place + Trailer.byteCount, of: outcome.byteCount)
      return
    }
    if let place = trailer.mismatched, let digest = digests[place], let embedded = outcome.embedded[place] {
      noteMismatch(computed: digest, embedded: embedded, at: place, trailer)
    } else if let left = trailer.cutBytes {
      noteCut(left, at: imageBytes)
    } else if let embedded = outcome.embedded[imageBytes], embedded.bytes.contains(where: { $0 != 0 }) {
      noteOtherBytes(at: imageBytes)
    } else {
      findings.append(
        Finding(.hashMissing, "the file carries no SHA-256: it was not made by `etcdctl snapshot save`, or was cut"))
    }
  }

  /// Whether `page` begins as meta page 0 of a database does, with its checksum.
  static func isFirstMeta(_ page: RawSpan) -> Bool {
    let magic: [UInt8] = (16..<20).map { page.byte(at: $0) }
    guard magic == [0xED, 0xDA, 0x0C, 0xED] || magic == [0xED, 0x0C, 0xDA, 0xED],
      let meta = try? Meta(decoding: page, index: 0, at: 0)
    else { return false }
    return meta.header.id == PageID(0)
  }

  private mutating func noteBytes(after end: UInt64, of byteCount: UInt64) {
    guard end < byteCount else { return }
    var finding = Finding(.trailingData, "\(byteCount - end) bytes follow the snapshot's SHA-256")
    finding.offset = ByteOffset(end)
    findings.append(finding)
  }

  /// A file may be so much longer than its database that this is worth telling, whatever else is.
  private static let longestBehind: (times: UInt64, bytes: UInt64) = (1000, 1 << 30)

  private mutating func noteLength(_ outcome: TrailerHash.Outcome, imageBytes: UInt64) {
    let behind = outcome.byteCount - min(outcome.byteCount, imageBytes)
    guard behind > Self.longestBehind.bytes || outcome.holeBytes > 0,
      outcome.holeBytes > 0 || behind / Self.longestBehind.times >= imageBytes
    else { return }
    let holeBytes = outcome.holeBytes
    let rest =
      holeBytes > 0
      ? "the last \(holeBytes) of them are a hole, in which nothing is: they were not read, and are in no SHA-256" : nil
    var finding = Finding(
      .trailingData, "\(behind) bytes follow the database, which has \(imageBytes)\(rest.map { "; \($0)" } ?? "")")
    finding.offset = ByteOffset(imageBytes)
    finding.reason = "far-longer-than-database"
    findings.removeAll { $0.rule == .trailingData }
    findings.append(finding)
  }

  private mutating func noteMismatch(
    computed: SHA256Digest, embedded: SHA256Digest, at place: UInt64, _ trailer: Trailer
  ) {
    check = .mismatch(computed: computed.description, embedded: embedded.description)
    let fact =
      trailer.isAnnouncedByLength
      ? "the content does not match the SHA-256 at its end" : "the bytes after the pages are not their SHA-256"
    note(
      .hashMismatch, code: "hash-mismatch", "\(fact): the file was damaged or altered after it was saved", at: place)
  }

  /// Tells of bytes where the SHA-256 of a snapshot lies, and of more behind them up to a length that files without a SHA-256
  /// have. Whether they ever were a SHA-256 can't be told: in the file of a member, what was written there was never finished.
  private mutating func noteOtherBytes(at place: UInt64) {
    var finding = Finding(
      .hashMissing,
      "the 32 bytes behind the database are not its SHA-256: the file was altered after it was saved, or never had one")
    finding.offset = ByteOffset(place)
    findings.append(finding)
  }

  private mutating func noteCut(_ left: UInt64, at place: UInt64) {
    note(
      .hashMissing, code: "trailer-truncated", "truncated: of the 32 bytes of SHA-256 at its end, \(left) are left",
      at: place)
  }

  /// Tells what makes the snapshot untrustworthy, as an error and as a finding.
  private mutating func note(_ rule: Rule, code: String, _ message: String, at place: UInt64) {
    errors.append(VerificationError(code: code, message: message, offset: ByteOffset(place)))
    var finding = Finding(rule, message)
    finding.offset = ByteOffset(place)
    finding.reason = code
    findings.append(finding)
  }
}
