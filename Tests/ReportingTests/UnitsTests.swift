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

  @Test(arguments: [
    ("backup.db", "backup.db"), ("/var/backups/etcd-1.db", "/var/backups/etcd-1.db"), ("a b.db", "'a b.db'"),
    ("it's.db", #"'it'\''s.db'"#), ("$(x)", "'$(x)'"), ("", "''"), ("ü.db", "'ü.db'"),
  ])
  func `as one word of a shell`(text: String, word: String) {
    #expect(text.shellWord == word)
  }
}
