import EncryptionConfig
import SnapshotVerification

extension NextStep {
  /// What a configuration calls for first; nil when nothing is left to do or to look at.
  static func after(_ report: LintReport) -> NextStep? {
    let path = PrintableText(report.path).description.shellWord
    if let refusal = report.refusals.first {
      return refusal.code == .unreadable
        ? NextStep("Check the path, what lies there, and that you may read it.")
        : NextStep("Mend the file: an API server refuses it, or goes on with the one that it has read before.")
    }
    if let survey = report.survey, !survey.isComplete {
      return NextStep(
        "Find out what the snapshot is:",
        command: "atrest inspect \(PrintableText(survey.path).description.shellWord)")
    }
    if let worst = report.findings.first {
      return NextStep(PrintableText(worst.remedy).description, command: "atrest explain \(worst.rule.rawValue)")
    }
    guard report.survey == nil else { return nil }
    return NextStep(
      "Hold the file against a snapshot, to see whether it is in force:",
      command: "atrest lint --snapshot SNAPSHOT \(path)")
  }
}
