public import SnapshotInput
import VerificationModel

/// An inspection for people, for a terminal of 80 columns.
///
/// The first line says what the file is; below it stand the figures of etcd's own tool, the resources, the encryption
/// keys, how the file is built, what went wrong, and the one thing to do next. Values never appear, and names only as
/// ``PrintableText``.
public struct InspectionText: Sendable {
  private let style: Style
  private let isQuiet: Bool

  /// A text in the given manner.
  ///
  /// - Parameters:
  ///   - color: whether ANSI escape sequences mark the answer and headings; without them there is no escape byte.
  ///   - isQuiet: whether only the first line about each file is written: then on one line, the path in full.
  ///   - width: columns of a line; `Int.max`: lines are whole, however long, as pipes and files get them.
  public init(color: Bool = false, isQuiet: Bool = false, width: Int = 80) {
    self.style = Style(color: color, width: width)
    self.isQuiet = isQuiet
  }

  /// All inspections, and the summary.
  public func render(_ inspections: [Inspection]) -> String {
    let texts = inspections.enumerated().map { render($0.element, isFirst: $0.offset == 0) }
    return texts.joined() + renderSummary(inspections)
  }

  /// The text about one file, parted by an empty line from the one before unless it is the first.
  public func render(_ inspection: Inspection, isFirst: Bool = true) -> String {
    let headline = InspectionTextHeadline(inspection: inspection)
    guard !isQuiet else { return headline.line(style) + "\n" }
    let sections = [headline.lines(style)] + details(of: inspection, includesPath: headline.elidesPath(style))
    return (isFirst ? "" : "\n") + sections.filter { !$0.isEmpty }.map(Self.text).joined(separator: "\n")
  }

  /// How many files could be read, and which were passed over; empty where there is one file and nothing else.
  public func renderSummary(_ inspections: [Inspection], passedOver: [PassedOver] = []) -> String {
    let passedOver = PassedOverList(files: passedOver, verb: "inspected")
    guard !isQuiet else { return passedOver.count.map { Self.text(["\($0):"] + passedOver.lines(style)) } ?? "" }
    guard inspections.count > 1 || passedOver.count != nil else { return "" }
    let complete = inspections.count { $0.isComplete }
    let others = inspections.count - complete
    let outcomes = [(complete, "read"), (others, "could not be read, or not whole")].filter { $0.0 > 0 }
    let verdict: Verdict = others == 0 ? .pass : .error
    let outcome =
      style.verdict(verdict, inspections.count.counted("file")) + ": "
      + outcomes.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\n" + Self.text([outcome + (passedOver.count.map { "; \($0):" } ?? "")] + passedOver.lines(style))
  }

  private func details(of inspection: Inspection, includesPath: Bool) -> [[String]] {
    [
      inspection.status.map { InspectionTextStatus(status: $0).lines(style) } ?? [],
      InspectionTextResources(resources: inspection.resources).lines(style),
      InspectionTextKeys(keys: inspection.encryption).lines(style),
      InspectionTextBuckets(buckets: inspection.buckets, omitted: inspection.bucketsOmitted).lines(style),
      inspection.pages.map { InspectionTextPages(pages: $0).lines(style) } ?? [],
      // Of a file of which nothing could be read, the errors tell.
      inspection.bolt == nil ? [] : inspection.ledger.map { InspectionTextLedger(ledger: $0).lines(style) } ?? [],
      InspectionTextFile(inspection: inspection, includesPath: includesPath).lines(style),
      InspectionTextServers(servers: inspection.apiServers).lines(style),
      ErrorSection(errors: inspection.errors, omitted: inspection.errorsOmitted).lines(style),
      NextStep.after(inspection).lines(style),
    ]
  }

  private static func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
