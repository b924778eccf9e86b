import Testing

@testable import Reporting

@Suite("Numbers of bytes, and words of a shell")
struct UnitsTests {
  @Test(
    arguments: [
      (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1.0 KiB"), (745_504, "728.0 KiB"),
      (1 << 20, "1.0 MiB"), (5 << 30, "5.0 GiB"), (.max, "16.0 EiB"),
    ] as [(UInt64, String)])
  func `in binary units`(bytes: UInt64, text: String) {
    #expect(bytes.inBinaryUnits == text)
  }

  /// What dustin/go-humanize makes of them.
  @Test(
    arguments: [
      (0, "0 B"), (9, "9 B"), (10, "10 B"), (999, "999 B"), (1000, "1.0 kB"), (1536, "1.5 kB"), (20_480, "20 kB"),
      (745_472, "746 kB"), (996_500, "996 kB"), (5_275_648, "5.3 MB"), (82_854_982, "83 MB"), (1_000_000, "1.0 MB"),
      (.max, "18 EB"),
    ] as [(UInt64, String)])
  func `in decimal units`(bytes: UInt64, text: String) {
    #expect(bytes.inDecimalUnits == text)
  }

  @Test(arguments: [
    ("backup.db", "backup.db"), ("/var/backups/etcd-1.db", "/var/backups/etcd-1.db"), ("a b.db", "'a b.db'"),
    ("it's.db", #"'it'\''s.db'"#), ("$(x)", "'$(x)'"), ("", "''"), ("ü.db", "'ü.db'"),
  ])
  func `as one word of a shell`(text: String, word: String) {
    #expect(text.shellWord == word)
  }
}
