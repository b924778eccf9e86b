import RuleCatalog
import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The run of a SARIF log.
struct SARIFRun {
  private let report: Report
  private let invocation: Invocation
  private let duration: Duration
  private var places: SARIFPlaces
  /// Results that may still be written.
  private var room = SARIFReport.mostResults
  /// Findings for which there was no room.
  private var leftOut = 0

  init(_ report: Report, _ invocation: Invocation, _ duration: Duration) {
    (self.report, self.invocation, self.duration) = (report, invocation, duration)
    places = SARIFPlaces(cluster: report.policy.cluster)
  }

  /// Writes the members of the run, and hands on what is written whenever it is much.
  mutating func write(to json: inout JSONBuffer, handing write: (String) throws -> Void) throws {
    json.object("tool") { json in
      json.object("driver") { json in
        json.member("name", "atrest")
        json.member("version", PrintableText(invocation.toolVersion))
        SARIFRules(of: report.snapshots).write(to: &json)
      }
    }
    if let file = report.policy.file {
      json.object("properties") { json in
        json.object("policy") { json in
          json.member("path", PrintableText(file.path))
          json.member("sha256", file.digest.map(report.policy.text))
        }
      }
    }
    json.object("automationDetails") { $0.member("id", automationID) }
    let files = report.snapshots.map { places.file(of: $0) }
    try json.array("results") { json in
      try writeResults(files, to: &json) { json in
        if json.isFull { try json.drain(write) }
      }
    }
    places.write(to: &json)
    json.array("invocations") { json in json.object { writeInvocation(files, to: &$0) } }
  }

  /// GitHub takes all before the last slash for the category, and replaces what it has of that: one for each cluster.
  private var automationID: String {
    let clusters = Set(report.snapshots.map(places.cluster))
    let cluster = clusters.count == 1 ? clusters.first.map { "/\($0)" } : nil
    return "atrest\(cluster ?? "")/\(invocation.startedAt.formatted(.iso8601))"
  }

  // MARK: Results

  /// The worst first, whatever snapshot they are in; what is waived comes last.
  private mutating func writeResults(
    _ files: [SARIFPlaces.Place], to json: inout JSONBuffer, _ handOn: (inout JSONBuffer) throws -> Void
  ) throws {
    for list in [\SnapshotReport.findings, \SnapshotReport.waived] {
      var fingerprints = [SARIFFingerprints](repeating: SARIFFingerprints(), count: files.count)
      for severity in Severity.allCases.reversed() {
        for (number, snapshot) in report.snapshots.enumerated() {
          for finding in snapshot[keyPath: list] where finding.severity == severity {
            guard room > 0 else {
              leftOut += 1
              continue
            }
            room -= 1
            let result = SARIFResult(
              finding, file: files[number], place: places.resource(of: finding, in: snapshot),
              fingerprint: fingerprints[number].next(finding))
            json.object { result.write(to: &$0) }
            try handOn(&json)
          }
        }
      }
    }
  }

  // MARK: Invocation

  private func writeInvocation(_ files: [SARIFPlaces.Place], to json: inout JSONBuffer) {
    json.member("executionSuccessful", report.verdict != .error)
    json.member("exitCode", report.verdict.exitStatus)
    json.member("exitCodeDescription", report.verdict.rawValue)
    json.member("startTimeUtc", invocation.startedAt.formatted(.iso8601))
    json.member("endTimeUtc", invocation.startedAt.addingTimeInterval(duration.seconds).formatted(.iso8601))
    json.member("arguments", invocation.arguments.map { PrintableText($0).description })
    json.array("toolConfigurationNotifications") { json in
      for remark in WaiverRemark.all(of: report) {
        notify(remark.state.rawValue, remark.state == .expired ? "warning" : "note", remark.text, nil, to: &json)
      }
    }
    json.array("toolExecutionNotifications") { json in
      for (snapshot, file) in zip(report.snapshots, files) { notify(of: snapshot, file, to: &json) }
      guard leftOut > 0 else { return }
      notify(
        "results-left-out", "warning",
        "\(leftOut.counted("more finding")), the least grave, left out: a run takes \(SARIFReport.mostResults) results",
        nil, to: &json)
    }
  }

  /// Says what could not be read of a snapshot, and what is not told of it.
  private func notify(of snapshot: SnapshotReport, _ file: SARIFPlaces.Place, to json: inout JSONBuffer) {
    for error in snapshot.errors { notify(error.code, "error", error.message, file, to: &json) }
    if snapshot.errorsOmitted > 0 {
      notify("errors-omitted", "error", "\(snapshot.errorsOmitted.counted("more error"))", file, to: &json)
    }
    let omitted = snapshot.findingsOmitted + snapshot.waivedOmitted
    guard omitted > 0 else { return }
    notify(
      "findings-omitted", "warning", "\(omitted.counted("more finding")), not listed; --max-findings lists more", file,
      to: &json)
  }

  private func notify(
    _ code: String, _ level: String, _ message: String, _ file: SARIFPlaces.Place?, to json: inout JSONBuffer
  ) {
    json.object { json in
      json.object("descriptor") { $0.member("id", PrintableText(code).description.boundedName) }
      json.member("level", level)
      json.object("message") { $0.member("text", SARIFText(message).description) }
      guard let file else { return }
      json.array("locations") { json in
        json.object { json in
          json.object("physicalLocation") { json in
            json.object("artifactLocation") { json in
              json.member("uri", file.uri)
              json.member("index", file.index)
            }
          }
        }
      }
    }
  }
}
