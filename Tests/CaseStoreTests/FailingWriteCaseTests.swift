#if os(Linux)
  import CFailingWrites
  import Foundation
  import LMDB
  import TestSupport
  import Testing

  @testable import CaseStore
  @testable import VerificationModel

  /// Whichever call of the system fails while a case is written: it is told, and nothing that was there is lost.
  @Suite(.timeLimit(.minutes(10)), .serialized) struct FailingWriteCaseTests {
    /// How the disk fails, at one call and perhaps at all that follow.
    struct Fault: Sendable, CustomTestStringConvertible {
      let code: Int32
      let kind: failing_writes_kind
      let stays: Bool
      let testDescription: String

      static let all: [Fault] = [
        Fault(code: ENOSPC, kind: failing_writes_nothing, stays: true, testDescription: "full"),
        Fault(code: ENOSPC, kind: failing_writes_half, stays: true, testDescription: "becomes full"),
        Fault(code: EIO, kind: failing_writes_nothing, stays: false, testDescription: "fails for a moment"),
        Fault(code: EIO, kind: failing_writes_all, stays: true, testDescription: "fails after it has written"),
      ]

      /// What `body` throws when call `number` fails; and whether there was one.
      func error(at number: Int, in body: () throws(CaseError) -> Void) -> (CaseError?, occurred: Bool) {
        failing_writes_begin(number, code, kind, stays ? 1 : 0)
        var thrown: CaseError?
        do throws(CaseError) { try body() } catch { thrown = error }
        return (thrown, failing_writes_end() > number)
      }
    }

    @Test(arguments: Fault.all)
    func `a snapshot is taken in whole or not at all`(fault: Fault) throws {
      let original = try SampleCase()
      try original.add(KilledAdder.snapshot(1))
      let whole = try SampleCase()
      for number in 1...2 { try whole.add(KilledAdder.snapshot(number)) }
      let (before, after) = (try original.export(), try whole.export())
      let snapshot = KilledAdder.snapshot(2)
      var number = 0
      while true {
        let path = "\(original.parent.path)/copy"
        try FileManager.default.copyItem(atPath: original.path, toPath: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let copy = SampleCase(at: path, in: original.parent)
        var (error, occurred): (CaseError?, Bool) = (nil, false)
        do {
          var writer = try CaseWriter(writing: path)
          (error, occurred) = fault.error(at: number) { () throws(CaseError) in
            _ = try writer.add(
              snapshot.intake, snapshot.report, takenAt: snapshot.takenAt, cluster: nil,
              evidence: SampleCase.evidence(snapshot.report.path), SampleCase.call("add"))
          }
        }
        #expect(occurred == (error != nil), "call \(number)")
        if let error { #expect(Self.isOfDisk(error), "call \(number): \(error)") }
        let export = try copy.export()
        #expect(export == after || error != nil && export == before, "call \(number)")
        var reader = try copy.reader()
        let check = try reader.check()
        #expect(check.isSound, "call \(number): \(check.faults)")
        guard occurred else { break }
        number += 1
      }
      #expect(number >= 3)
    }

    @Test(arguments: Fault.all)
    func `a case that could not be made can be made later`(fault: Fault) throws {
      let parent = try TemporaryDirectory()
      var number = 0
      while true {
        let path = "\(parent.path)/case\(number)"
        let (error, occurred) = fault.error(at: number) { () throws(CaseError) in
          _ = try CaseWriter(creating: path, SampleCase.call("init"))
        }
        #expect(occurred == (error != nil), "call \(number)")
        guard occurred, let error else { break }
        #expect(Self.isOfDisk(error), "call \(number): \(error)")
        _ = try CaseWriter(creating: path, SampleCase.call("init"))
        number += 1
      }
      #expect(number >= 3)
    }

    private static func isOfDisk(_ error: CaseError) -> Bool {
      error == .store(.diskFull) || error == .store(.inputOutput)
    }
  }
#endif
