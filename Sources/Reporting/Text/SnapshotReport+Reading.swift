import VerificationModel

extension SnapshotReport {
  /// The path, and the name inside an archive.
  package var name: String { path + (file.member.map { ":" + $0 } ?? "") }

  /// The rules something was found for, most severe first.
  var foundRules: [Rule] {
    let rules = Rule.allCases.filter { findingCounts[$0, default: 0] > 0 }
    return Severity.allCases.reversed().flatMap { severity in rules.filter { self.severity(of: $0) == severity } }
  }

  /// The greatest severity of what was found for `rule`.
  func severity(of rule: Rule) -> Severity { severities[rule] ?? rule.severity }

  /// Whether the SHA-256 at the file's end is wrong.
  var isAltered: Bool {
    if case .mismatch = file.hash { true } else { false }
  }
}
