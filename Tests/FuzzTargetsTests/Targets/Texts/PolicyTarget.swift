import EtcdStorage
import PolicyFile

@testable import KubernetesStorage
@testable import VerificationModel

/// Policy files.
enum PolicyTarget: FuzzTarget {
  static let name = "policy"
  static let summary = "policies: places inside the file, the same when read again, applied twice as once"
  static let longestInput = 8192
  static let words = FuzzSeeds.words(
    "version: 1\n", "resources:\n  - secrets\n", "layers: [live, history, residue]\n", "failOn: high\n",
    "severities:\n",
    "  hash-missing: medium\n", "encryption:\n", "  - resources: [secrets]\n", "    provider: aescbc\n",
    "    key: key1\n",
    "    lastWriteDays: 90\n", "waivers:\n", "  - rule: plaintext-history\n", "    reason: r\n", "    approvedBy: a\n",
    "    expires: 2027-01-31\n", "    key: /registry/secrets/*\n", "never", "*.*", "**", "[a-z]", "?", "\\")

  static func seeds() -> [[UInt8]] {
    let waivers = """
      version: 1
      waivers:
        - {rule: plaintext-live, reason: r, owner: o, approvedBy: a, expires: 2027-01-31, key: '/registry/secrets/*/n?'}
        - {rule: weak-provider, reason: r, owner: o, approvedBy: a, expires: 2020-02-30, resource: secrets}
      encryption: [{resources: ['*.apps', secrets], provider: kmsv2, key: vault, lastWriteDays: 30}]
      """
    return [FuzzSeeds.file("samples/policy.yaml"), Array(waivers.utf8), Array("{}".utf8)].compactMap(\.self)
  }

  static func complaints(about bytes: [UInt8]) -> [String] {
    var complaints = Complaints()
    // YAML 1.1 ends lines at U+0085, U+2028 and U+2029 too, and libyaml has the end of the text on a line of its own.
    let lines = 2 + bytes.count { [0x0A, 0x0D, 0x85, 0xA8, 0xA9].contains($0) }
    do throws(InvalidPolicy) {
      let document = try PolicyDocument(text: bytes, path: "policy.yaml", today: today)
      let again = try PolicyDocument(text: bytes, path: "policy.yaml", today: today)
      complaints.expect(document == again, "read again, it is something else")
      let policy = document.applied(to: Policy())
      complaints.expect(document.applied(to: policy) == policy, "applied twice, it is something else")
      complaints.list(ratingComplaints(document))
    } catch {
      complaints.expect(!error.errors.isEmpty, "it is refused for no reason")
      for fault in error.errors { complaints.expect(1...lines ~= fault.line, "line \(fault.line) of \(lines)") }
      _ = "\(error)"
    }
    return complaints.list
  }

  /// A waiver counts as used where one was answered, and never else.
  private static func ratingComplaints(_ document: PolicyDocument) -> [String] {
    var complaints = Complaints()
    let rating = document.rating
    let before = rating.unusedWaivers.count
    var isWaived = false
    for rule in Rule.allCases {
      for key in ["/registry/secrets/default/n1", "/registry/secrets/", "", String(repeating: "a", count: 300)] {
        var facts = FindingFacts(rule)
        facts.resource = "secrets"
        facts.layer = .live
        facts.key = EtcdKey(bytes: Array(key.utf8))
        if case .waived = rating.rating(of: facts) { isWaived = true }
      }
    }
    complaints.expect((rating.unusedWaivers.count < before) == isWaived, "waivers that are used, and are not")
    return complaints.list
  }

  private static let today = CalendarDay(number: 20_787)
}
