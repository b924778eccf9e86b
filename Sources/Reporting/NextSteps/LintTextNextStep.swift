import EncryptionConfig
import VerificationModel

extension NextStep {
  /// What a configuration calls for first; nil when nothing is left to do or to look at.
  static func after(_ report: LintReport) -> NextStep? {
    let path = PrintableText(report.path).description.shellWord
    if let refusal = report.refusals.first { return after(refusal, report) }
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
      "Check the file against a snapshot, to see whether it is in force:",
      command: "atrest lint --snapshot SNAPSHOT \(path)")
  }

  private static func after(_ refusal: ConfigurationError, _ report: LintReport) -> NextStep {
    if refusal.code == .unreadable { return NextStep("Check the path, what is there, and whether you may read it.") }
    let isKMSv1Alone = report.refusals.allSatisfy { $0.code == .kmsV1Disabled }
    if isKMSv1Alone, report.policy.server.kubernetesVersion == nil {
      return NextStep(
        "If your API servers are older than 1.29, name their release with --kubernetes-version; if their feature gate KMSv1 "
          + "is on, pass --allow-kms-v1. Else they do not start with this file:",
        command: "atrest explain \(LintRule.kmsV1.rawValue)")
    }
    return NextStep("Fix the file: an API server rejects it, or keeps using the version it loaded before.")
  }
}
