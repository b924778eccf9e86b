import Testing

@testable import CommandBenchmark

@Suite struct InterruptedRunTests {
  @Test func programThatRunsIsKilled() throws {
    let run = InterruptedRun(["/bin/sh", "-c", "while :; do :; done"])
    #expect(try run.run(killingAfter: .milliseconds(20)) == .killed)
  }

  @Test func programThatHasEndedIsNot() throws {
    let run = InterruptedRun(["/bin/sh", "-c", "echo >&2 no; exit 3"])
    #expect(try run.run(killingAfter: .seconds(1)) == .ended(status: 3, line: "no"))
  }

  @Test func outputIsCapturedWhateverTheStatus() throws {
    let run = try CapturedRun(["/bin/sh", "-c", "echo yes; echo >&2 no; exit 3"])
    #expect(run.status == 3)
    #expect(String(decoding: run.output, as: UTF8.self) == "yes\n")
    #expect(run.errorLine == "no")
  }
}
