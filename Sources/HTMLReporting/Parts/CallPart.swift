import Reporting
import SnapshotInput
import VerificationModel

/// The call that made the report: program, time, options, policy, and what was passed over.
struct CallPart {
  let report: Report
  let invocation: Invocation
  let duration: Duration

  /// The most files that are named.
  private static let limit = 1000

  /// Writes the part.
  func write(to page: inout PageWriter) throws {
    try page.write(
      .facts,
      [
        "id": .text("call"), "level": .number(2), "title": .text("This report"), "lead": .absent,
        "caption": .text("Who made it, when, and what was asked"), "facts": .list(facts.map(\.filling)),
      ])
  }

  private var call: CallStatement { CallStatement(report, invocation) }

  private var facts: [Fact] {
    [
      Fact("Program", ["atrest \(invocation.toolVersion)"]),
      Fact("Time", ["began \(invocation.moment)", "took \(seconds) seconds"]),
      Fact("Call", [call.commandLine], isLiteral: true), Fact("Options in force", call.options, isLiteral: true),
      Fact("Must be encrypted", [report.policy.resources.map(\.description).listed]),
      Fact("Configuration", configuration, isLiteral: true), Fact("Policy", policyFile, isLiteral: true),
      Fact("Waivers of the policy", waivers), Fact("Passed over, not verified", passedOver),
    ].compactMap(\.self)
  }

  private var seconds: String {
    let milliseconds = Int((duration / .milliseconds(1)).rounded())
    let fraction = String(milliseconds % 1000 + 1000).dropFirst()
    return "\(milliseconds / 1000).\(fraction)"
  }

  private var configuration: [String?] {
    guard let check = report.policy.configuration else { return [] }
    return [check.path, report.policy.statement(of: check.digest)]
  }

  private var policyFile: [String?] {
    guard let file = report.policy.file else { return [] }
    return [file.path, file.digest.map(report.policy.statement)]
  }

  /// Every waiver: what it is about, whether it still holds, and who accepts what for which reason.
  private var waivers: [String] {
    let all = report.policy.file?.waivers ?? []
    let unused = Set(report.unusedWaivers)
    let named = all.prefix(Self.limit).map { waiver in
      let subject = [waiver.rule.rawValue, waiver.key, waiver.resource, waiver.layer?.rawValue].compactMap(\.self)
      let term =
        waiver.isExpired ? "expired on" : unused.contains(waiver) ? "needed by no finding, holds until" : "holds until"
      return "\(subject.joined(separator: " ")): \(term) \(waiver.lastDay); accepted by \(waiver.waiver.acceptedBy): "
        + waiver.waiver.reason
    }
    let more = all.count - named.count
    return named + (more > 0 ? [more.counted("more waiver")] : [])
  }

  private var passedOver: [String] {
    let named = report.passedOver.prefix(Self.limit).map { "\($0.name): \(CallStatement.description(of: $0))" }
    let more = report.passedOver.count - named.count
    return named + (more > 0 ? [more.counted("more file")] : [])
  }
}
