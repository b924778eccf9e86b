import CommandBenchmark
import Testing

@Suite struct PipelineTests {
  @Test func timeAndProcessorTimeOfAllProgramsAreMeasured() throws {
    let busy = "i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done; sleep 0.2"
    let sample = try Pipeline([["/bin/sh", "-c", busy], ["/bin/cat"]]).run()
    #expect(sample.wall > 0.2)
    #expect(sample.processor > 0.01)
    #expect(sample.processor < sample.wall)
    #expect(sample.peakBytes > 100_000)
  }

  @Test(arguments: [
    ("exit 3", "exit status 3"), ("echo >&2 first; echo >&2 second; exit 4", "exit status 4: first"),
    ("echo result; exit 5", "exit status 5: result"), ("kill -9 $$", "exit status 137"),
  ])
  func failureSaysWhatTheProgramSaid(script: String, description: String) {
    #expect(throws: CommandFailure(description)) { try Pipeline([["/bin/sh", "-c", script]]).run() }
  }

  @Test func programThatStopsEarlyIsTheOneToBlame() {
    let writer = ["/bin/sh", "-c", "while echo line; do :; done"]
    #expect(throws: CommandFailure("exit status 2: no")) {
      try Pipeline([writer, ["/bin/sh", "-c", "echo >&2 no; exit 2"]]).run()
    }
  }

  @Test func statusThatIsAVerdictIsNoFailure() throws {
    _ = try Pipeline([["/bin/sh", "-c", "exit 1"]], statuses: [0, 1]).run()
  }
}
