import BoltFormat
import Cryptography
import EtcdStorage
import SnapshotInput

/// Holds a snapshot against the SHA-256 at its end.
struct HashVerification: Sendable {
  /// The outcome.
  private(set) var check: SnapshotReport.HashCheck
  /// What is to be told of it.
  private(set) var findings: [Finding] = []
  /// Why the snapshot can't be trusted as it is.
  private(set) var errors: [VerificationError] = []

  /// Reads all of `file`, whose meta page counts `imageBytes`.
  init(of file: SnapshotFile, imageBytes: UInt64) throws(BoltError) {
    let trailer = Trailer(fileBytes: file.byteCount, imageBytes: imageBytes)
    let digests = try file.digests(ofFirst: trailer.candidates + [file.byteCount])
    check = .missing(computed: digests[file.byteCount]?.description ?? "")
    for place in trailer.candidates {
      guard let digest = digests[place], try Self.embedded(in: file, at: place) == digest else { continue }
      check = .match(digest: digest.description)
      noteBytes(after: place + Trailer.byteCount, in: file)
      return
    }
    if let place = trailer.mismatched, let digest = digests[place] {
      noteMismatch(computed: digest, embedded: try Self.embedded(in: file, at: place))
    } else if let left = trailer.cutBytes {
      noteCut(left)
    } else {
      findings.append(
        Finding(.hashMissing, "the file carries no SHA-256: it was not made by `etcdctl snapshot save`, or was cut"))
    }
  }

  private static func embedded(in file: SnapshotFile, at offset: UInt64) throws(BoltError) -> SHA256Digest {
    var bytes: [UInt8] = []
    try file.read(SHA256Digest.byteCount, at: offset, into: &bytes)
    return SHA256Digest(bytes: bytes)
  }

  private mutating func noteBytes(after end: UInt64, in file: SnapshotFile) {
    guard end < file.byteCount else { return }
    var finding = Finding(.trailingData, "\(file.byteCount - end) bytes follow the snapshot's SHA-256")
    finding.offset = ByteOffset(end)
    findings.append(finding)
  }

  private mutating func noteMismatch(computed: SHA256Digest, embedded: SHA256Digest) {
    check = .mismatch(computed: computed.description, embedded: embedded.description)
    let message =
      "the content does not match the SHA-256 at its end: the file was damaged or altered after it was saved"
    errors.append(VerificationError(code: "hash-mismatch", message: message))
    findings.append(Finding(.hashMismatch, message))
  }

  private mutating func noteCut(_ left: UInt64) {
    let message = "truncated: of the 32 bytes of SHA-256 at its end, \(left) are left"
    errors.append(VerificationError(code: "trailer-truncated", message: message))
    var finding = Finding(.hashMissing, message)
    finding.reason = "trailer-truncated"
    findings.append(finding)
  }
}
