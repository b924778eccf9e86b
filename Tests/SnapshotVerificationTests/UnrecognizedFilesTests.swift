import SnapshotInput
import Testing

@testable import VerificationModel

@Suite("Which files may be passed over")
struct UnrecognizedFilesTests {
  private func report(_ path: String, member: String? = nil, _ content: FileContent? = nil) -> SnapshotReport {
    var report = SnapshotReport(path: path, file: .init(bytes: 1), verdict: .error)
    report.errors = [VerificationError(code: "not-bbolt", message: "no database")]
    report.file.member = member
    report.file.content = content
    return report
  }

  private func snapshot(_ path: String, member: String? = nil) -> SnapshotReport {
    var report = SnapshotReport(path: path, file: .init(bytes: 1), verdict: .pass)
    report.file.member = member
    report.bolt = .init(
      pageSize: 4096, pages: 4, reachablePages: 4, unreachablePages: 0, txid: 1, freelistStored: false,
      origin: .snapshot)
    return report
  }

  /// Whether `report` is a failed backup beside the snapshot at `path`.
  private func isFailedBackup(_ report: SnapshotReport, beside snapshots: SnapshotReport...) -> Bool {
    var files = UnrecognizedFiles()
    files.add(report)
    snapshots.forEach { files.note($0) }
    let (failed, passedOver) = files.resolve()
    #expect(failed.count + passedOver.count == 1)
    return !failed.isEmpty
  }

  @Test(
    "One whose name is that of a snapshot beside it is a failed backup",
    arguments: [
      ("d/node1-1699876800", "d/node1-1699880400"), ("d/good", "d/good"), ("d/a1.dump", "d/b7.dump"),
      ("2024-01-01/store", "2024-01-02/store"), ("d/n-1.gz", "d/n-2"), ("d/n-1", "d/n-2.part"), ("d/N-1", "d/n-2"),
    ])
  func beside(snapshot: String, other: String) {
    #expect(isFailedBackup(report(other), beside: self.snapshot(snapshot)))
    #expect(isFailedBackup(report(other, .text), beside: self.snapshot(snapshot)))
    #expect(isFailedBackup(report("a.tar", member: other), beside: self.snapshot("a.tar", member: snapshot)))
  }

  @Test(
    "So is one whose name by itself says so",
    arguments: ["d/node2.db", "etcd-snapshot-node1-17", "backup-2024.snapshot.gz", "etcd_20240101", "x/member.db.part"])
  func name(path: String) {
    #expect(isFailedBackup(report(path)))
    #expect(isFailedBackup(report(path, .xml)))
  }

  @Test(
    "What is known to be another kind of file is none", arguments: [FileContent.sqlite, .age, .deltaSnapshot, .elf])
  func otherKind(content: FileContent) {
    #expect(!isFailedBackup(report("d/state.db", content), beside: snapshot("d/b.db")))
  }

  @Test("Nor is any other file", arguments: ["d/notes.txt", "d/README", "d/etcd.txt", "d/picture.png", "e/n.dump"])
  func other(path: String) {
    #expect(!isFailedBackup(report(path), beside: snapshot("d/a.db"), snapshot("d/n.dump")))
  }

  @Test("What is passed over is named with what it is, and a failed backup with why it is not")
  func told() {
    var files = UnrecognizedFiles()
    files.add(report("a.tar", member: "notes.txt", .text))
    files.add(report("b.db"))
    let (failed, passedOver) = files.resolve()
    #expect(passedOver == [PassedOver(path: "a.tar", member: "notes.txt", reason: .unrecognized, content: .text)])
    #expect(
      failed.map(\.errors.first?.message) == ["no database (its name is that of a snapshot: a backup has failed)"])
  }
}
