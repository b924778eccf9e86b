import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The report as metrics in Prometheus' text format, for the node exporter's textfile collector.
///
/// No label has the name of an object: who may read metrics may not read the names of Secrets.
public struct PrometheusReport: ReportFormat {
  /// The format.
  public init() {}

  /// See ``ReportFormat/start(policy:invocation:)``.
  public func start(policy: Policy, invocation: Invocation) -> String { "" }

  /// See ``ReportFormat/next(_:after:to:)``.
  public func next(_ snapshot: SnapshotReport, after report: Report, to write: (String) throws -> Void) {}

  /// See ``ReportFormat/end(_:invocation:duration:to:)``.
  public func end(
    _ report: Report, invocation: Invocation, duration: Duration, to write: (String) throws -> Void
  ) throws {
    var metrics = SnapshotMetrics(policy: report.policy)
    var names: Set<String> = []
    for snapshot in report.snapshots { metrics.add(snapshot, named: Self.unique(snapshot.name, among: &names)) }
    let run = Self.run(report, invocation, duration)
    try write((run + metrics.families).map(\.description).joined())
  }

  /// `name`, with a number behind it where another snapshot has it too: two samples can't have the same labels.
  private static func unique(_ name: String, among names: inout Set<String>) -> String {
    let name = PrintableText(name).description.boundedName
    var (candidate, number) = (name, 1)
    while !names.insert(candidate).inserted {
      number += 1
      candidate = "\(name) #\(number)"
    }
    return candidate
  }

  private static func run(_ report: Report, _ invocation: Invocation, _ duration: Duration) -> [MetricFamily] {
    var build = MetricFamily("build_info", "The version of the program; always 1.")
    build.add(["version": invocation.toolVersion], 1)
    var completion = MetricFamily("last_completion_timestamp_seconds", "When the call ended, in Unix time.")
    completion.add([:], (invocation.startedAt.timeIntervalSince1970 + duration.seconds).rounded())
    var time = MetricFamily("run_duration_seconds", "How long the call took.")
    time.add([:], duration.seconds)
    var verdict = MetricFamily("run_verdict", "The verdict of the call: 1 for the one that holds.")
    for state in Verdict.allStates { verdict.add(["verdict": state.rawValue], report.verdict == state) }
    var snapshots = MetricFamily("snapshots", "Snapshots by verdict.")
    for state in Verdict.allStates {
      snapshots.add(["verdict": state.rawValue], report.snapshots.count { $0.verdict == state })
    }
    var passedOver = MetricFamily("passed_over_files", "Files that were found and not verified.")
    passedOver.add([:], report.passedOver.count)
    var policy = MetricFamily("policy_info", "The policy file in force; always 1.")
    if let file = report.policy.file {
      policy.add(["path": file.path, "sha256": file.digest.map(report.policy.text) ?? ""], 1)
    }
    var waivers = MetricFamily("policy_waivers", "Waivers of the policy file, by what became of them.")
    if let file = report.policy.file {
      let (expired, unused) = (report.expiredWaivers.count, report.unusedWaivers.count)
      waivers.add(["state": "used"], file.waivers.count - expired - unused)
      waivers.add(["state": "unused"], unused)
      waivers.add(["state": "expired"], expired)
    }
    return [build, policy, waivers, completion, time, verdict, snapshots, passedOver]
  }
}

extension Verdict {
  /// All verdicts, as a set of states has them.
  static let allStates: [Verdict] = [.pass, .fail, .error]
}
