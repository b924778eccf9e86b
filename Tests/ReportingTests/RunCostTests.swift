import Testing
import VerificationModel

@testable import Reporting

@Suite("The cost of a run")
struct RunCostTests {
  private func text(_ statistics: RunStatistics, wallTime: Duration = .milliseconds(1310)) -> String {
    RunCost(
      statistics, wallTime: wallTime, userTime: .milliseconds(1900), systemTime: .milliseconds(310),
      peakMemory: 61_000_000
    ).render()
  }

  @Test func `a table by stage, and of the whole process`() {
    let statistics = RunStatistics()
    statistics.add(.init(duration: .milliseconds(412), bytes: 2 << 30), to: .reading)
    statistics.add(.init(duration: .milliseconds(900), bytes: 2 << 30), to: .pages)
    statistics.add(.init(duration: .milliseconds(1200), bytes: 2 << 30), to: .hash)
    statistics.add(.init(duration: .microseconds(10_500)), to: .joining)
    #expect(
      text(statistics) == """
        stage                time     bytes        rate
          reading         0.412 s  2.00 GiB  4.85 GiB/s
          pages           0.900 s  2.00 GiB  2.22 GiB/s
          SHA-256         1.200 s  2.00 GiB  1.67 GiB/s
          joining         0.011 s
          residue         0.000 s
          tree            0.000 s
          judging         0.000 s
          reporting       0.000 s
        wall time         1.310 s  2.00 GiB  1.53 GiB/s
        user CPU time     1.900 s
        system CPU time   0.310 s
        peak memory      58.2 MiB
        Stages run side by side, on several threads: their times may add up to more.

        """)
  }

  @Test func `nothing was read, and no time went by`() {
    let lines = text(RunStatistics(), wallTime: .zero).split(separator: "\n")
    #expect(lines.contains("wall time         0.000 s"))
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test(
    arguments: [
      (0, 2, "0.00"), (0.004, 2, "0.00"), (0.006, 2, "0.01"), (9.999, 2, "10.00"), (1234.5678, 3, "1234.568"),
      (42.4, 0, "42"), (-0.5, 1, "-0.5"), (1e300, 2, "90000000000000000.00"),
    ] as [(Double, Int, String)])
  func `decimals`(number: Double, places: Int, text: String) {
    #expect(number.decimal(places: places) == text)
  }

  @Test(
    arguments: [
      (0, nil), (99, "99 B/s"), (102 << 20, "102.00 MiB/s"), (103 << 20, "0.10 GiB/s"), (831 << 20, "0.81 GiB/s"),
      (53_561_262, "51.08 MiB/s"), (3 << 40, "3.00 TiB/s"),
    ] as [(UInt64, String?)])
  func `rates`(bytes: UInt64, text: String?) {
    #expect(ByteUnit.rate(bytes, in: .seconds(1)) == text)
    #expect(ByteUnit.rate(bytes, in: .zero) == nil)
  }
}
