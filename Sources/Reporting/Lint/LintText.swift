import EncryptionConfig
import VerificationModel

/// A report about an EncryptionConfiguration for people, for a terminal of 80 columns.
///
/// The first line has the answer; below it stand who writes and reads what, the file, what could not be understood or
/// read, what was found, and the one thing to do next. Secrets never appear, and names only as ``PrintableText``.
public struct LintText: Sendable {
  private let style: Style
  private let isQuiet: Bool

  /// A text in the given manner.
  ///
  /// - Parameters:
  ///   - color: whether ANSI escape sequences mark the answer and headings; without them there is no escape byte.
  ///   - isQuiet: whether only the first line is written: then on one line, the path in full.
  ///   - width: columns of a line; `Int.max`: lines are whole, however long, as pipes and files get them.
  public init(color: Bool = false, isQuiet: Bool = false, width: Int = 80) {
    self.style = Style(color: color, width: width)
    self.isQuiet = isQuiet
  }

  /// The text about `report`.
  public func render(_ report: LintReport) -> String {
    let headline = LintTextHeadline(report: report)
    guard !isQuiet else { return headline.line(style) + "\n" }
    let sections = [headline.lines(style)] + details(of: report, includesPath: headline.elidesPath(style))
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private func details(of report: LintReport, includesPath: Bool) -> [[String]] {
    let groups = LintRule.allCases.map { rule in report.findings.filter { $0.rule == rule } }.filter { !$0.isEmpty }
    let worstFirst = groups.enumerated().sorted { left, right in
      let (leftSeverity, rightSeverity) = (left.element[0].severity, right.element[0].severity)
      return leftSeverity != rightSeverity ? leftSeverity > rightSeverity : left.offset < right.offset
    }
    return [
      report.configuration.map { LintTextResources(configuration: $0).lines(style) } ?? [],
      file(report, includesPath: includesPath),
      LintTextRefusals(refusals: report.refusals).lines(style),
      report.survey.map { ErrorSection(errors: $0.errors, omitted: $0.errorsOmitted).lines(style) } ?? [],
    ]
      + worstFirst.map { LintTextGroup(findings: $0.element).lines(style) }
      + [NextStep.after(report)?.lines(style) ?? []]
  }

  /// The path, where the first line could not hold it, what the configuration lies in, and the digest by which the running
  /// file is recognised.
  private func file(_ report: LintReport, includesPath: Bool) -> [String] {
    let path = includesPath ? [PrintableText(report.path).description] : []
    let wrapping = report.wrapping.map { wrapping in
      PrintableText("the configuration is in \(wrapping.noun): \(wrapping.location)").description
    }
    let digest = report.configuration.flatMap { $0.hasOwnText ? "sha256:\($0.digest)" : nil }
    let texts = path + [wrapping, digest].compactMap(\.self)
    return texts.isEmpty ? [] : LabelledText(label: "File", texts: texts).lines(style)
  }
}
