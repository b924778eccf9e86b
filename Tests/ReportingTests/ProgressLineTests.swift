import SnapshotVerification
import Testing

@testable import Reporting

@Suite("The line of progress")
struct ProgressLineTests {
  private typealias State = ReadingProgress.State

  private func line(
    _ read: UInt64, of expected: UInt64? = nil, _ path: String? = nil, after seconds: Double, width: Int? = nil
  ) -> String {
    ProgressLine(State(bytesRead: read, expectedBytes: expected, path: path), elapsed: .seconds(seconds))
      .render(width: width)
  }

  @Test func `percent, bytes, rate, time left and the name`() {
    #expect(
      line(840_000_000, of: 2_000_000_000, "backup.db", after: 0.64)
        == " 42 %  0.84 of 2.00 GB  1.31 GB/s  1 s left  backup.db")
  }

  @Test(
    arguments: [
      (0, 1000, "  0 %  0.00 of 1.00 kB"), (9, 1000, "  0 %  0.01 of 1.00 kB  9 B/s  1 min 51 s left"),
      (999, 1000, " 99 %  1.00 of 1.00 kB  999 B/s  1 s left"), (1000, 1000, "100 %  1.00 of 1.00 kB  1.00 kB/s"),
      (1001, 1000, "100 %  1.00 of 1.00 kB  1.00 kB/s"), (5, 0, "5 B  5 B/s"), (0, 0, "0 B"),
      (1_000_000, 8_000_000_000, "  0 %  0.00 of 8.00 GB  1.00 MB/s  2 h 13 min left"),
      (1_000_000, 3_600_000_000, "  0 %  0.00 of 3.60 GB  1.00 MB/s  59 min 59 s left"),
      (1, .max, "  0 %  0.00 of 18.45 EB  1 B/s"), (.max, .max, "100 %  18.45 of 18.45 EB  18.45 EB/s"),
    ] as [(UInt64, UInt64, String)])
  func `from the first byte to the last, and beyond`(read: UInt64, expected: UInt64, text: String) {
    #expect(line(read, of: expected, after: 1) == text)
  }

  @Test func `of a pipe, bytes and rate`() {
    #expect(line(0, of: nil, "-", after: 1) == "0 B  -")
    #expect(line(1_500_000_000, of: nil, "-", after: 2) == "1.50 GB  0.75 GB/s  -")
  }

  @Test func `no time has gone by`() {
    #expect(line(10, of: 100, after: 0) == " 10 %  10 of 100 B")
    #expect(line(0, of: 0, after: 0) == "0 B")
  }

  @Test(arguments: [
    (80, " 42 %  0.84 of 2.00 GB  1.31 GB/s  1 s left  /var/backups/etcd/2026-01-02/a.db"),
    (66, " 42 %  0.84 of 2.00 GB  1.31 GB/s  1 s left  …etcd/2026-01-02/a.db"),
    (56, " 42 %  0.84 of 2.00 GB  1.31 GB/s  1 s left"), (40, " 42 %  0.84 of 2.00 GB  1.31 GB/s"),
    (30, " 42 %  0.84 of 2.00 GB"), (10, " 42 %"), (4, " 42 "), (0, ""),
  ])
  func `is never wider than the terminal`(width: Int, text: String) {
    let path = "/var/backups/etcd/2026-01-02/a.db"
    #expect(line(840_000_000, of: 2_000_000_000, path, after: 0.64, width: width) == text)
  }

  @Test(arguments: 0...100)
  func `fits every width, whatever the name`(width: Int) {
    for path in ["/b/日本語のとても長いバックアップの名前.db", "a\r\u{1B}[2J\nb\u{202E}.db", "👩‍👩‍👧‍👦👍🏽 e\u{301}\u{301}.db", ""] {
      let text = line(840_000_000, of: 2_000_000_000, path, after: 0.64, width: width)
      #expect(text.columns <= width)
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{202E}" })
    }
  }
}
