public import SnapshotInput

/// Files that are no snapshots as far as can be seen, where those are to be ignored: which of them may be, and which are
/// failed backups all the same.
///
/// Whatever else a file is, one that stands where a snapshot should be is none to be ignored: its name is that of a
/// snapshot, by itself or by those beside it, and what it holds is unknown or is what a failed backup leaves behind.
public struct UnrecognizedFiles: Sendable {
  private var waiting: [SnapshotReport] = []
  private var snapshotNames: Set<SnapshotName> = []
  private var extensions: Set<SnapshotName.Extension> = []

  /// None so far.
  public init() {}

  /// Takes the report on one such file.
  public mutating func add(_ report: SnapshotReport) { waiting.append(report) }

  /// Notes the name of a snapshot.
  public mutating func note(_ report: SnapshotReport) {
    guard report.bolt != nil else { return }
    let name = SnapshotName(of: report)
    snapshotNames.insert(name)
    if let ending = name.ending { extensions.insert(ending) }
  }

  /// The reports on failed backups, and the files that are passed over; known when all files were seen.
  public func resolve() -> (failedBackups: [SnapshotReport], passedOver: [PassedOver]) {
    var failedBackups: [SnapshotReport] = []
    var passedOver: [PassedOver] = []
    for report in waiting {
      if isFailedBackup(report) {
        failedBackups.append(report.asFailedBackup)
      } else {
        let file = report.file
        passedOver.append(
          PassedOver(path: report.path, member: file.member, reason: .unrecognized, content: file.content))
      }
    }
    return (failedBackups, passedOver)
  }

  private func isFailedBackup(_ report: SnapshotReport) -> Bool {
    guard report.file.content?.mayBeFailedBackup ?? true else { return false }
    let name = SnapshotName(of: report)
    return name.isOfSnapshot || snapshotNames.contains(name) || name.ending.map(extensions.contains) == true
  }
}

extension SnapshotReport {
  /// The report, whose first error says why the file is not ignored.
  fileprivate var asFailedBackup: SnapshotReport {
    guard let first = errors.first else { return self }
    var report = self
    report.errors[0] = VerificationError(
      code: first.code, marked: "\(first.text) (its name is that of a snapshot: a backup has failed)",
      page: first.page, offset: first.offset)
    return report
  }
}

// MARK: Inspections

extension UnrecognizedFiles {
  /// Takes the inspection of one such file.
  public mutating func add(_ inspection: Inspection) { add(inspection.outline) }

  /// Notes the name of a snapshot that was inspected.
  public mutating func note(_ inspection: Inspection) { note(inspection.outline) }
}

extension Inspection {
  /// What names the file, and says why it could not be read.
  fileprivate var outline: SnapshotReport {
    var report = SnapshotReport(path: path, file: file, verdict: isComplete ? .pass : .error)
    report.bolt = bolt
    report.errors = errors
    return report
  }

  /// The inspection of the file that `report` says could not be read.
  public init(ofUnreadable report: SnapshotReport) {
    self.init(path: report.path, file: report.file)
    errors = report.errors
  }
}
