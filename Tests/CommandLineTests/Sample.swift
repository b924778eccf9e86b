import Foundation

/// One of the snapshots in `samples`.
struct Sample: Sendable, CustomStringConvertible {
  /// The name of its folder.
  let name: String

  /// All samples.
  static let all: [Sample] = {
    let folders = try? FileManager.default.contentsOfDirectory(atPath: directory.path(percentEncoded: false))
    return (folders ?? []).sorted().map(Sample.init)
      .filter { FileManager.default.fileExists(atPath: $0.path) }
  }()

  /// Rewritten, compacted and defragmented: every Secret is encrypted by aescbc.
  static let clean = Sample(name: "06-aescbc-defragged")
  /// No encryption at all.
  static let plain = Sample(name: "01-identity-plain")
  /// 10 of 44 live Secrets are plaintext, and 28 old revisions.
  static let mixed = Sample(name: "03-aescbc-mixed")
  /// All live Secrets are encrypted, 38 old revisions are plaintext.
  static let rewritten = Sample(name: "04-aescbc-rewritten-history")
  /// Encrypted by secretbox: nothing at all is found.
  static let secretbox = Sample(name: "09-secretbox")
  /// Encrypted by KMS v2, 20 live values under the key before the newest: a finding of severity medium.
  static let rotated = Sample(name: "11-kms-v2")
  /// 20 values written by hand: each kind of value that is not what an API server writes.
  static let tampered = Sample(name: "17-tampered")

  static let directory = Program.repository.appending(path: "samples")

  /// The path of the snapshot.
  var path: String { Self.directory.appending(path: "\(name)/snapshot.db").path(percentEncoded: false) }

  /// The bytes of the snapshot.
  var bytes: Data { get throws { try Data(contentsOf: URL(filePath: path)) } }

  var description: String { name }
}
