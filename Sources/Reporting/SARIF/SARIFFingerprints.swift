import Cryptography
import VerificationModel

/// By what a code-scanning page knows a finding again in another snapshot of the same cluster: rule, resource, layer and
/// key; of old values and of residue the revision too, for a key has many of these. What has no key is known by its page.
///
/// Where several findings of a snapshot are alike in all that, they are numbered.
struct SARIFFingerprints {
  private var counts: [[UInt8]: Int] = [:]

  /// That of the next finding of a snapshot.
  mutating func next(_ finding: Finding) -> String {
    var hash = SHA256()
    func add(_ part: some Sequence<UInt8>) {
      let bytes = Array(part) + [0]
      // Sound: a byte is initialized memory of any pattern.
      hash.update(unsafe bytes.span.bytes)
    }
    let names = finding.subject?.names
    add(finding.rule.rawValue.utf8)
    add((finding.resource ?? "").utf8)
    add((finding.layer?.rawValue ?? "").utf8)
    add(names?.key?.bytes ?? Array((names?.namespace ?? "").utf8) + [0] + Array((names?.name ?? "").utf8))
    if finding.layer != .live, let revision = finding.subject?.revision ?? nil { add("\(revision)".utf8) }
    if finding.subject == nil { add((finding.page.map { "\($0)" } ?? "").utf8) }
    if finding.subject == nil { add((finding.keyName ?? "").utf8) }
    let digest = Array(hash.digest().bytes.prefix(Self.bytes))
    counts[digest, default: 0] += 1
    return Self.hex(digest) + ":\(counts[digest, default: 1])"
  }

  private static let bytes = 16
  private static let digits = Array("0123456789abcdef".utf8)

  private static func hex(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
