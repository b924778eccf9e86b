import Reporting
import SnapshotInput
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

@Suite("Several snapshots at once")
struct ConcurrentVerificationTests {
  private struct Interruption: Error {}

  private static func entries() throws -> [InputList.Entry] {
    let paths = try SnapshotFixture.all.filter { $0.description.hasPrefix("samples/") }.map { try $0.path() }
    return InputList(arguments: paths + ["missing.db"] + paths.reversed()).entries
  }

  /// The reports as a program gets them.
  private func reports(on entries: [InputList.Entry], jobs: Int) throws -> [String] {
    var reports: [String] = []
    try Verifier(policy: Policy.rows()).verify(entries, jobs: jobs) { entry, snapshot in
      #expect(entry.path == snapshot.path)
      reports.append(try NDJSONReport.snapshot(snapshot, policy: Policy.rows()))
    }
    return reports
  }

  @Test func `reports and their order are those of one after the other`() throws {
    let entries = try Self.entries()
    let verifier = Verifier(policy: Policy.rows())
    let expected = try entries.map { try NDJSONReport.snapshot(verifier.verify($0)[0], policy: Policy.rows()) }
    for jobs in 1...8 { #expect(try reports(on: entries, jobs: jobs) == expected) }
  }

  @Test(arguments: [-1, 0, 1, 4])
  func `what can't be verified is told in its place`(jobs: Int) throws {
    let directory = try TemporaryDirectory()
    let names = ["a/empty.db", "a/text.db", "b/short.db"]
    for (name, bytes) in zip(names, [[], Array("no snapshot".utf8), [1, 2, 3]]) { try directory.file(name, bytes) }
    let entries = InputList(arguments: ["missing.db", directory.path, "/dev/null"]).entries
    var codes: [String?] = []
    Verifier(policy: Policy.rows()).verify(entries, jobs: jobs) { codes.append($1.errors.first?.code) }
    #expect(codes == entries.map { Verifier(policy: Policy.rows()).verify($0)[0].errors.first?.code })
    #expect(codes.count == 5)
    #expect(!codes.contains(nil))
  }

  @Test(arguments: 1...4)
  func `an error of the receiver ends the work`(jobs: Int) throws {
    let entries = try Self.entries()
    var received = 0
    #expect(throws: Interruption.self) {
      try Verifier(policy: Policy.rows()).verify(entries, jobs: jobs) { _, _ in
        received += 1
        if received == 3 { throw Interruption() }
      }
    }
    #expect(received == 3)
  }

  @Test func `without entries nothing is received`() {
    Verifier(policy: Policy.rows()).verify([]) { _, _ in Issue.record("there is nothing to receive") }
  }

  @Test func `by default, one at least and a few at most`() {
    #expect((1...4).contains(Verifier.defaultJobs))
  }
}
