import VerificationModel

/// The report as one JSON object per line, so that it can be written and read while the call still runs.
///
/// Each line has a `type`: one `start`; for each snapshot a `snapshot`, followed by a `finding` for each of its
/// findings and a `waived` for each of those that someone accepts; one `end`. Members have the names and meanings of `report.schema.json`.
public struct NDJSONReport: Sendable {
  /// The format.
  public init() {}

  /// The first line, to be written before anything is verified.
  ///
  /// - Throws: `EncodingError`.
  public static func start(policy: Policy, invocation: Invocation) throws -> String {
    try line("start", StartRecord(policy: policy, invocation: invocation))
  }

  /// The line about `snapshot`, and one for each of its findings.
  ///
  /// - Throws: `EncodingError`.
  public static func snapshot(_ snapshot: SnapshotReport, policy: Policy) throws -> String {
    var lines = ""
    try write(snapshot, policy: policy) { lines += $0 }
    return lines
  }

  /// As ``snapshot(_:policy:)``, piece by piece.
  static func write(_ snapshot: SnapshotReport, policy: Policy, to write: (String) throws -> Void) throws {
    var lists = LongLists()
    let record = SnapshotRecord(snapshot, policy: policy, listsFindings: false, &lists)
    try JSONText.write(TypedRecord(type: "snapshot", record: record), lists, .singleLine, to: write)
    var piece = JSONBuffer(.singleLine)
    for (type, findings) in [("finding", snapshot.findings), ("waived", snapshot.waived)] {
      let line = FindingRecord.Line(type: type, path: PrintableText(snapshot.path))
      for finding in findings {
        FindingRecord(finding, pageSize: snapshot.bolt?.pageSize, line: line).write(to: &piece)
        piece.endLine()
        if piece.isFull { try piece.drain(write) }
      }
    }
    try piece.drain(write)
  }

  /// The last line.
  ///
  /// - Parameter duration: how long the call took.
  /// - Throws: `EncodingError`.
  public static func end(_ report: Report, duration: Duration) throws -> String {
    try line("end", EndRecord(report, duration: duration))
  }

  /// All lines.
  ///
  /// - Parameter duration: how long the call took.
  /// - Throws: `EncodingError`.
  public static func render(_ report: Report, invocation: Invocation, duration: Duration) throws -> String {
    try start(policy: report.policy, invocation: invocation)
      + report.snapshots.map { try snapshot($0, policy: report.policy) }.joined()
      + end(report, duration: duration)
  }

  private static func line(_ type: String, _ record: some Encodable) throws -> String {
    try JSONText.line(of: TypedRecord(type: type, record: record)) + "\n"
  }
}
