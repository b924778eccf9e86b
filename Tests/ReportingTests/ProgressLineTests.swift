import Testing
import VerificationModel

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
      line(861 << 20, of: 2 << 30, "backup.db", after: 0.64)
        == " 42 %  0.84 of 2.00 GiB  1.31 GiB/s  1 s left  backup.db")
  }

  @Test(
    arguments: [
      (0, 1024, "  0 %  0.00 of 1.00 KiB"), (9, 1024, "  0 %  0.01 of 1.00 KiB  9 B/s  1 min 53 s left"),
      (1023, 1024, " 99 %  1.00 of 1.00 KiB  1023 B/s  1 s left"), (1024, 1024, "100 %  1.00 of 1.00 KiB  1.00 KiB/s"),
      (1025, 1024, "100 %  1.00 of 1.00 KiB  1.00 KiB/s"), (5, 0, "5 B  5 B/s"), (0, 0, "0 B"),
      (1 << 20, 8000 << 20, "  0 %  0.00 of 7.81 GiB  1.00 MiB/s  2 h 13 min left"),
      (1 << 20, 3600 << 20, "  0 %  0.00 of 3.52 GiB  1.00 MiB/s  59 min 59 s left"),
      (1, .max, "  0 %  0.00 of 16.00 EiB  1 B/s"), (.max, .max, "100 %  16.00 of 16.00 EiB  16.00 EiB/s"),
    ] as [(UInt64, UInt64, String)])
  func `from the first byte to the last, and beyond`(read: UInt64, expected: UInt64, text: String) {
    #expect(line(read, of: expected, after: 1) == text)
  }

  @Test func `of a pipe, bytes and rate`() {
    #expect(line(0, of: nil, "-", after: 1) == "0 B  -")
    #expect(line(1536 << 20, of: nil, "-", after: 2) == "1.50 GiB  0.75 GiB/s  -")
  }

  @Test func `no time has gone by`() {
    #expect(line(10, of: 100, after: 0) == " 10 %  10 of 100 B")
    #expect(line(0, of: 0, after: 0) == "0 B")
  }

  @Test(arguments: [
    (80, " 42 %  0.84 of 2.00 GiB  1.31 GiB/s  1 s left  /var/backups/etcd/2026-01-02/a.db"),
    (68, " 42 %  0.84 of 2.00 GiB  1.31 GiB/s  1 s left  …etcd/2026-01-02/a.db"),
    (58, " 42 %  0.84 of 2.00 GiB  1.31 GiB/s  1 s left"), (42, " 42 %  0.84 of 2.00 GiB  1.31 GiB/s"),
    (30, " 42 %  0.84 of 2.00 GiB"), (10, " 42 %"), (4, " 42 "), (0, ""),
  ])
  func `is never wider than the terminal`(width: Int, text: String) {
    let path = "/var/backups/etcd/2026-01-02/a.db"
    #expect(line(861 << 20, of: 2 << 30, path, after: 0.64, width: width) == text)
  }

  @Test(arguments: 0...100)
  func `fits every width, whatever the name`(width: Int) {
    for path in ["/b/日本語のとても長いバックアップの名前.db", "a\r\u{1B}[2J\nb\u{202E}.db", "👩‍👩‍👧‍👦👍🏽 e\u{301}\u{301}.db", ""] {
      let text = line(861 << 20, of: 2 << 30, path, after: 0.64, width: width)
      #expect(text.columns <= width)
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{202E}" })
    }
  }
}
