import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The suite of one snapshot.
struct JUnitSuite {
  private let path: String
  private let startedAt: Date
  private let headline: String
  private let checks: [SnapshotCheck]
  /// The cluster and the policy file in force, as properties; empty where there are none.
  private let properties: [(name: String, value: String)]
  /// The policy's waivers that waive nothing.
  private let remarks: [String]

  init(_ snapshot: SnapshotReport, of report: Report, startedAt: Date) {
    let policy = report.policy
    path = PrintableText(snapshot.name).description.boundedName
    self.startedAt = startedAt
    let line = Headline(snapshot: snapshot, policy: policy)
    headline = "\(line.label)  \(line.statement.boundedName)"
    checks = SnapshotCheck.all(of: snapshot, policy: policy)
    properties =
      [
        ("cluster", policy.cluster), ("policy", policy.file?.path),
        ("policy.sha256", policy.file?.digest.map(policy.text)),
      ].compactMap { name, value in value.map { (name, $0) } }
    remarks = WaiverRemark.all(of: report).map(\.text)
  }

  /// The numbers of its cases.
  var totals: JUnitTotals {
    checks.reduce(into: JUnitTotals(tests: checks.count)) { totals, check in
      switch check.outcome {
      case .passed, .warned: break
      case .failed: totals.failures += 1
      case .error: totals.errors += 1
      case .waived, .unread, .unexamined: totals.skipped += 1
      }
    }
  }

  /// Writes the element.
  func write(to write: (String) throws -> Void) rethrows {
    let totals = totals
    let time = startedAt.formatted(.iso8601).replacing("Z", with: "")
    try write(
      """
        <testsuite name="\(XMLText(path))" tests="\(totals.tests)" failures="\(totals.failures)" \
      errors="\(totals.errors)" skipped="\(totals.skipped)" timestamp="\(time)">

      """)
    if !properties.isEmpty {
      let elements = properties.map { name, value in
        "      <property name=\"\(name)\" value=\"\(XMLText(PrintableText(value).description.boundedName))\"/>\n"
      }
      try write("    <properties>\n\(elements.joined())    </properties>\n")
    }
    for check in checks { try write(element(of: check)) }
    try write("    <system-out>\(XMLText(lines: [headline] + remarks))</system-out>\n  </testsuite>\n")
  }

  private func element(of check: SnapshotCheck) -> String {
    let name = XMLText("\(path): \(check.name)")
    let group = check.resource.map { XMLText("atrest." + $0.boundedName) } ?? XMLText("atrest.file")
    let content = [result(of: check), output(of: check)].compactMap(\.self)
    let start = "    <testcase name=\"\(name)\" classname=\"\(group)\" time=\"0\""
    guard !content.isEmpty else { return start + "/>\n" }
    return start + ">\n" + content.map { "      \($0)\n" }.joined() + "    </testcase>\n"
  }

  private func result(of check: SnapshotCheck) -> String? {
    switch check.outcome {
    case .passed, .warned: return nil
    case .waived:
      return skipped("\(check.waived.count.counted("finding")) waived")
    case .unread: return skipped("not all of the file could be read")
    case .unexamined: return skipped("not examined")
    case .failed:
      let message = check.failing.count.counted("finding")
      let rule = check.failing.first.first?.rule.rawValue ?? "unlisted"
      return "<failure message=\"\(message)\" type=\"\(rule)\">\(XMLText(lines: lines(of: check.failing)))</failure>"
    case .error:
      let (message, code) = (check.errors.first?.message ?? "", check.errors.first?.code ?? "")
      return "<error message=\"\(XMLText(message.boundedName))\" type=\"\(XMLText(code.boundedName))\">"
        + "\(XMLText(lines: errorLines(of: check)))</error>"
    }
  }

  private func errorLines(of check: SnapshotCheck) -> [String] {
    let errors = check.errors.prefix(FindingSample.capacity).map { error in
      "\(error.code.boundedName)  \(error.message.boundedName)"
    }
    let rest = check.errors.count - errors.count + check.errorsOmitted
    return errors + more(rest, "error") + (check.failing.count > 0 ? lines(of: check.failing) : [])
  }

  private func skipped(_ message: String) -> String { "<skipped message=\"\(message)\"/>" }

  /// What does not fail the check: what was tolerated, and what was waived, with the reasons.
  private func output(of check: SnapshotCheck) -> String? {
    let tolerated = check.tolerated.count > 0 ? ["Below --fail-on:"] + lines(of: check.tolerated) : []
    let waived = check.waived.count > 0 ? ["Waived:"] + lines(of: check.waived) : []
    guard !(tolerated + waived).isEmpty else { return nil }
    return "<system-out>\(XMLText(lines: tolerated + waived))</system-out>"
  }

  private func lines(of findings: FindingSample) -> [String] {
    findings.first.map { FindingLine($0).description } + more(findings.omitted, "finding")
  }

  private func more(_ count: Int, _ noun: String) -> [String] {
    count > 0 ? ["\(count.counted("more \(noun)")), not listed here"] : []
  }
}
