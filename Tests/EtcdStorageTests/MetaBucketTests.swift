import EtcdStorage
import TestSupport
import Testing

@Suite("Bucket `meta`")
struct MetaBucketTests {
  private static func read(_ etcd: EtcdWriter) -> MetaBucket {
    var meta = MetaBucket()
    for row in etcd.root["meta"]?.entries ?? [] {
      meta.read(String(decoding: row.key, as: UTF8.self), row.value ?? [])
    }
    return meta
  }

  @Test("Tells the version of the schema", arguments: zip(EtcdWriter.Version.allCases, ["3.4", "3.5", "3.6.0"]))
  func version(_ version: EtcdWriter.Version, expected: String) {
    let meta = Self.read(EtcdWriter(version))
    #expect(meta.impliedVersion == expected)
    #expect(meta.hasConfState == (version != .v34))
    #expect(meta.term == (version == .v34 ? nil : 2))
    #expect(meta.consistentIndex == 4)
    #expect(meta.storageVersion?.description == (version == .v36 ? "3.6.0" : nil))
  }

  @Test("Tells a finished compaction from one that was only begun")
  func compaction() {
    let puts: [EtcdWriter.Operation] = (0..<5).map { .put("a", "\($0)") }
    let finished = Self.read(EtcdWriter(.v36, puts + [.compact(4)]))
    #expect(finished.finishedCompactRevision == Revision(main: 4, sub: 0))
    #expect(finished.scheduledCompactRevision == Revision(main: 4, sub: 0))
    let begun = Self.read(EtcdWriter(.v36, puts + [.compact(3), .compact(revision: 5, finished: false)]))
    #expect(begun.finishedCompactRevision == Revision(main: 3, sub: 0))
    #expect(begun.scheduledCompactRevision == Revision(main: 5, sub: 0))
    #expect(Self.read(EtcdWriter()).finishedCompactRevision == nil)
  }

  @Test(
    "A value of another shape is passed over",
    arguments: ["consistent_index", "term", "finishedCompactRev", "scheduledCompactRev", "storageVersion", "other"],
    [[], [1], [UInt8](repeating: 0xFF, count: 7), [UInt8](repeating: 0xFF, count: 17)])
  func shape(name: String, value: [UInt8]) {
    var meta = MetaBucket()
    meta.read(name, value)
    #expect(meta == MetaBucket())
  }

  @Test("A term of 0 is none", arguments: [(0, "3.4"), (1, "3.5")] as [(UInt64, String)])
  func term(_ term: UInt64, version: String) {
    var meta = MetaBucket()
    meta.read("term", [UInt8](bigEndian: term))
    #expect(meta.term == term)
    #expect(meta.impliedVersion == version)
  }

  @Test(
    "A storage version is three numbers",
    arguments: [("3.6.0", true), ("3.7.12", true), ("0.0.0", true), ("10.200.3000", true)]
      + [
        "", "3", "3.6", "3.6.", ".6.0", "3..0", "3.6.0.1", "v3.6.0", "3.6.0-rc", "-3.6.0", "3.6.0\n", "3.6.0\0",
        " 3.6.0",
        "3.6.99999999999999999999", "3.6.0000000000000000000000000000001",
      ].map { ($0, false) })
  func storageVersion(text: String, isVersion: Bool) {
    #expect(StorageVersion(text)?.description == (isVersion ? text : nil))
  }
}
