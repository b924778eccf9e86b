import KubernetesStorage
import SnapshotInput
import VerificationModel

/// What lies in an input beside its snapshots, and what that means for them.
struct Surroundings {
  /// The files that are not verified.
  var passedOver: [PassedOver] = []

  private let path: String
  private let policy: Policy
  private let rating: (any FindingRating)?
  /// What was found in files, by where.
  private var findings: [(file: PassedOver, containers: [Container], findings: [Finding])] = []

  init(of path: String, policy: Policy, rating: (any FindingRating)? = nil) {
    self.path = path
    self.rating = rating
    self.policy = policy
  }

  /// Searches a file of the kind `content` for keys and plaintext. Answers a report when it can't be read.
  ///
  /// - Parameter isRefused: whether the file is an input by itself, and an error therefore.
  mutating func search(_ stream: SnapshotStream, _ content: FileContent, isRefused: Bool = false) -> SnapshotReport? {
    let file = PassedOver(path: path, member: stream.member, reason: .companion, content: content)
    do throws(VerificationError) {
      let search = try CompanionSearch(stream, content, scope: policy.scope)
      if !isRefused { passedOver.append(file) }
      let found = Self.findings(of: search, in: file, isAlone: isRefused)
      if !found.isEmpty { findings.append((file, stream.containers, found)) }
      return nil
    } catch {
      var report = self.report(on: file, stream.containers)
      report.errors = [error]
      report.verdict = .error
      return report
    }
  }

  /// Tells where the input is no longer what was read.
  func checkUnchanged(_ streams: SnapshotStreams, _ reports: inout [SnapshotReport]) {
    do throws(InputError) {
      try streams.checkUnchanged()
    } catch {
      for index in reports.indices { reports[index].add(VerificationError(error)) }
    }
  }

  /// The report on the input: its snapshots know of the write-ahead logs of their member, and of what lies beside them in
  /// the same archive. Where there is no snapshot, each file that gives something away has a report of its own.
  ///
  /// - Parameter logs: the write-ahead logs beside the input itself.
  func complete(_ reports: [SnapshotReport], _ logs: [String]) -> InputReport {
    var input = InputReport(snapshots: reports, passedOver: passedOver)
    noteLogs(logs, in: &input)
    if input.snapshots.contains(where: { $0.bolt != nil }) {
      for index in input.snapshots.indices where input.snapshots[index].bolt != nil {
        for finding in findings.flatMap(\.findings) { input.snapshots[index].add(finding, policy, rating) }
      }
    } else {
      for (file, containers, found) in findings {
        // An input by itself that is no snapshot has its error already.
        let refused = input.snapshots.firstIndex { report in
          report.verdict == .error && report.file.member == file.member && report.file.content == file.content
        }
        var report = refused.map { input.snapshots.remove(at: $0) } ?? report(on: file, containers)
        for finding in found { report.add(finding, policy, rating) }
        input.snapshots.append(report)
      }
    }
    return input
  }

  // MARK: Write-ahead logs

  private func noteLogs(_ logs: [String], in input: inout InputReport) {
    let members = MemberDirectories(logs: passedOver.filter { $0.content == .writeAheadLog }.compactMap(\.member))
    input.snapshots.removeAll { report in
      let isPreallocated = isPreallocatedLog(report, members, logs)
      if isPreallocated {
        input.passedOver.append(
          PassedOver(path: path, member: report.file.member, reason: .companion, content: .zeros))
      }
      return isPreallocated
    }
    for index in input.snapshots.indices where input.snapshots[index].bolt != nil {
      let beside = logs.map { PassedOver(path: $0, reason: .companion, content: .writeAheadLog) }
      let inside = input.snapshots[index].file.member.map(members.logs(of:)) ?? []
      input.snapshots[index].unexamined =
        beside + inside.map { PassedOver(path: path, member: $0, reason: .companion, content: .writeAheadLog) }
    }
  }

  /// etcd, server/storage/wal/file_pipeline.go: the next segment of a log waits as a file of zeros, `0.tmp` or `1.tmp`.
  private func isPreallocatedLog(_ report: SnapshotReport, _ members: MemberDirectories, _ logs: [String]) -> Bool {
    guard report.file.content == .zeros else { return false }
    let name = report.file.member ?? path
    return name.hasSuffix(".tmp") && !(report.file.member.map(members.logs(of:)) ?? logs).isEmpty
  }

  // MARK: Findings

  private func report(on file: PassedOver, _ containers: [Container]) -> SnapshotReport {
    var report = SnapshotReport(path: path, file: .init(bytes: 0), verdict: .pass)
    report.file.member = file.member
    report.file.containers = containers
    report.file.content = file.content
    return report
  }

  /// The names of an object, with a space behind them; empty where there are none.
  private static func identity(namespace: String, name: String) -> MarkedText {
    guard namespace.isEmpty else { return "\(.namespace, namespace)/\(.object, name) " }
    return name.isEmpty ? "" : "\(.object, name) "
  }

  private static let danger: MarkedText =
    "who gets it together with the snapshot can decrypt what these keys encrypt"

  private static func findings(of search: CompanionSearch, in file: PassedOver, isAlone: Bool) -> [Finding] {
    let place = isAlone ? "" : ", beside the snapshot"
    var findings = search.objects.map { object in
      let identity = object.outline.map { Self.identity(namespace: $0.namespace, name: $0.name) } ?? ""
      var finding = Finding(
        .plaintextElsewhere,
        marked: "\(.resource, object.resource) \(identity)in plaintext in \(.path, file.name)\(place)")
      finding.resource = object.resource.description
      finding.valueClass = .plaintext
      finding.reason = "file-beside-snapshot"
      return finding
    }
    if search.holdsKeys {
      var finding = Finding(
        .keysBesideData,
        marked: "\(.path, file.name) is \(file.content?.noun ?? "a file") with encryption keys in it: " + Self.danger)
      finding.reason = "file-beside-snapshot"
      findings.insert(finding, at: 0)
    }
    return findings
  }
}

extension SnapshotReport {
  /// Adds an error: then nothing was verified.
  fileprivate mutating func add(_ error: VerificationError) {
    errors.append(error)
    verdict = .error
  }

  /// Adds a finding, rated by `rating`, and fails where `policy` wants that.
  fileprivate mutating func add(_ finding: Finding, _ policy: Policy, _ rating: (any FindingRating)?) {
    let finding = finding.rated(by: rating)
    guard finding.waiver == nil else {
      waivedCounts[finding.rule, default: 0] += 1
      Self.insert(finding, policy.maximumFindings, into: &waived)
      return
    }
    findingCounts[finding.rule, default: 0] += 1
    severities[finding.rule] = max(severities[finding.rule] ?? finding.severity, finding.severity)
    if let least = policy.failOn, finding.severity >= least, verdict == .pass { verdict = .fail }
    Self.insert(finding, policy.maximumFindings, into: &findings)
  }

  /// Adds a finding behind those that are as severe, if there are fewer than `limit`.
  private static func insert(_ finding: Finding, _ limit: Int, into findings: inout [Finding]) {
    guard findings.count < limit else { return }
    let position = findings.firstIndex { $0.severity < finding.severity } ?? findings.endIndex
    findings.insert(finding, at: position)
  }
}
