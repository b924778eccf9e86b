#if os(Linux)
  import BoltFormat
  import EtcdStorage
  import Foundation
  import KubernetesStorage
  import TestSupport
  import Testing

  @testable import CaseStore
  @testable import VerificationModel

  /// Whoever adds to a case and is killed leaves it as before or as after the snapshot.
  @Suite(.timeLimit(.minutes(10))) struct KilledWriterCaseTests {
    /// Five cases, each added to by ten processes that are killed one after the other.
    @Test(arguments: 0..<5 as Range<UInt64>)
    func `a killed writer leaves a sound case`(series: UInt64) async throws {
      let sample = try SampleCase()
      var last = 0
      for round in 0..<10 as Range<UInt64> {
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [path = sample.path as String, seed = series * 100 + round as UInt64, first = last + 1 as Int] in
          try KilledAdder.run(path, seed: seed, first: first)
        }
        var reader = try sample.reader()
        let list = try reader.list()
        #expect(list.snapshots.count >= last && list.acts == list.snapshots.count + 1)
        last = list.snapshots.count
        #expect(list.snapshots.map(\.path) == (1...max(1, last)).prefix(last).map { "\($0).db" })
        let check = try reader.check()
        #expect(check.isSound, "\(check.faults)")
      }
      #expect(last > 0)
      let other = try SampleCase()
      for number in 1...last { try other.add(KilledAdder.snapshot(number)) }
      #expect(try sample.export() == other.export())
    }
  }

  /// The process that adds and is killed.
  enum KilledAdder {
    static func run(_ path: String, seed: UInt64, first: Int) throws {
      var random = SeededGenerator(seed: seed)
      let moment = UInt32(random.count(0...80_000))
      Thread {
        usleep(moment)
        kill(getpid(), SIGKILL)
      }.start()
      var number = first
      while true {
        let sample = snapshot(number)
        var writer = try CaseWriter(writing: path)
        _ = try writer.add(
          sample.intake, sample.report, takenAt: sample.takenAt, cluster: nil,
          evidence: SampleCase.evidence(sample.report.path), SampleCase.call("add"))
        number += 1
      }
    }

    /// A few hundred rows, which follow from the number of the snapshot.
    static func snapshot(_ number: Int) -> SampleSnapshot {
      var random = SeededGenerator(seed: UInt64(number))
      let rows = (0..<random.count(1...300)).map { _ in
        var row = StoredRow(
          layer: random.one(of: [.live, .history]), valueClass: .encrypted, offset: ByteOffset(1),
          valueBytes: random.count(1...3))
        row.key = EtcdKey(bytes: Array("/registry/secrets/ns/s\(random.count(0...400))".utf8))
        row.revision = Revision(main: Int64(random.count(2...5)), sub: 0)
        row.resource = "secrets"
        row.prefix = EtcdPrefix("/registry")
        return row
      }
      return SampleSnapshot(number, rows, revision: Int64(number))
    }
  }
#endif
