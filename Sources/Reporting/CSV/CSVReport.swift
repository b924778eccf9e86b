import EtcdStorage
import VerificationModel

/// The report as a table: a line for each finding, for each one that is waived, and for each error.
///
/// The first column says which it is. What is not listed has a line that says how much that is.
public struct CSVReport: ReportFormat {
  /// The format.
  public init() {}

  static let columns = [
    "snapshot", "verdict", "kind", "rule", "severity", "layer", "resource", "namespace", "name", "key", "revision",
    "page", "offset", "class", "encoding", "provider", "key_name", "key_id", "reason", "value_bytes", "secret_type",
    "data_keys", "also_in", "moved_from", "message", "waived_because", "accepted_by", "waived_until",
    "cluster", "policy_sha256",
  ]

  /// See ``ReportFormat/start(policy:invocation:)``.
  public func start(policy: Policy, invocation: Invocation) -> String { CSVLine(Self.columns).description }

  /// See ``ReportFormat/next(_:after:to:)``.
  public func next(_ snapshot: SnapshotReport, after report: Report, to write: (String) throws -> Void) throws {
    let rows = Rows(of: snapshot, policy: report.policy)
    var piece: [UInt8] = []
    func add(_ fields: [String]) throws {
      piece += CSVLine(fields).bytes
      guard piece.count >= Self.pieceBytes else { return }
      try write(String(decoding: piece, as: UTF8.self))
      piece.removeAll(keepingCapacity: true)
    }
    for error in snapshot.errors { try add(rows.fields(of: error)) }
    if snapshot.errorsOmitted > 0 { try add(rows.omitted(snapshot.errorsOmitted, "error", "")) }
    for finding in snapshot.findings { try add(rows.fields(of: finding, "finding")) }
    if snapshot.findingsOmitted > 0 {
      try add(rows.omitted(snapshot.findingsOmitted, "finding", "; --max-findings lists more"))
    }
    for finding in snapshot.waived { try add(rows.fields(of: finding, "waived")) }
    if snapshot.waivedOmitted > 0 {
      try add(rows.omitted(snapshot.waivedOmitted, "waived finding", "; --max-findings lists more"))
    }
    try write(String(decoding: piece, as: UTF8.self))
  }

  /// See ``ReportFormat/end(_:invocation:duration:to:)``.
  public func end(
    _ report: Report, invocation: Invocation, duration: Duration, to write: (String) throws -> Void
  ) {}

  private static let pieceBytes = 64 << 10

  /// The lines of one snapshot, field by field.
  private struct Rows {
    let path: String
    let verdict: String
    /// What the caller calls the cluster, and the digest of the policy file.
    let call: [String]

    init(of snapshot: SnapshotReport, policy: Policy) {
      path = PrintableText(snapshot.name).description.boundedName
      verdict = snapshot.verdict.rawValue
      call = [policy.cluster ?? "", policy.file?.digest.map(policy.text) ?? ""]
    }

    func fields(of finding: Finding, _ kind: String) -> [String] {
      let (subject, names) = (finding.subject, finding.subject?.names)
      return [
        path, verdict, kind, finding.rule.rawValue, finding.severity.rawValue, finding.layer?.rawValue ?? "",
        text(finding.resource), text(names?.namespace), text(names?.name), key(names?.key),
        (subject?.revision ?? nil)?.description ?? "", number(finding.page?.rawValue), number(finding.offset?.rawValue),
        finding.valueClass?.rawValue ?? "", finding.encoding?.rawValue ?? "", text(finding.provider),
        text(finding.keyName), text(finding.keyID), text(finding.reason), number(subject?.valueBytes),
        text(names?.secret?.type), (names?.secret?.data).map { text($0.map(\.name).joined(separator: " ")) } ?? "",
        finding.alsoIn.map(\.rawValue).joined(separator: " "), key(finding.movedFrom), text(finding.message),
        text(finding.waiver?.reason), text(finding.waiver?.acceptedBy), text(finding.waiver?.expiry),
      ] + call
    }

    func fields(of error: VerificationError) -> [String] {
      [path, verdict, "error", text(error.code)] + repeatElement("", count: 7)
        + [number(error.page?.rawValue), number(error.offset?.rawValue)] + repeatElement("", count: 11)
        + [text(error.message), "", "", ""] + call
    }

    /// A line for `count` things that are not listed.
    func omitted(_ count: Int, _ noun: String, _ hint: String) -> [String] {
      [path, verdict, "omitted"] + repeatElement("", count: 21)
        + ["\(count.counted("more \(noun)")), not listed\(hint)", "", "", ""] + call
    }

    /// A cell takes no more than some 32 thousand characters everywhere: of what is longer, the middle is left out.
    private func text(_ text: String?) -> String { text.map { PrintableText($0).description.boundedName } ?? "" }

    private func key(_ key: EtcdKey?) -> String { key?.description.boundedName ?? "" }

    private func number(_ number: (some BinaryInteger)?) -> String { number.map { "\($0)" } ?? "" }
  }
}
