import SnapshotInput
import VerificationModel

/// What the text report says of a call.
package struct CallStatement: Sendable {
  private let report: Report
  private let invocation: Invocation

  /// What is said of the call that made `report`.
  package init(_ report: Report, _ invocation: Invocation) {
    self.report = report
    self.invocation = invocation
  }

  /// The options that decide on the verdict, defaults among them, each with its value.
  package var options: [String] { InvocationDescription(invocation: invocation, policy: report.policy).options }

  /// The command line, each word as a shell takes it.
  package var commandLine: String {
    (["atrest"] + invocation.arguments.map { PrintableText($0).description.shellWord }).joined(separator: " ")
  }

  /// The least severity that fails a snapshot, as `--fail-on` takes it.
  package var failOn: String { report.policy.failOnOption }

  /// How many snapshots passed, failed and could not be verified.
  package var outcomes: String {
    let outcomes: [(Verdict, String)] = [(.pass, "passed"), (.fail, "failed"), (.error, "could not be verified")]
    let counts = outcomes.compactMap { verdict, outcome in
      let count = report.snapshots.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(outcome)" : nil
    }
    return "\(report.snapshots.count.counted("snapshot")): \(counts.joined(separator: ", "))"
  }

  /// What a file that was passed over is.
  package static func description(of file: PassedOver) -> String { PassedOverList.description(of: file) }
}
