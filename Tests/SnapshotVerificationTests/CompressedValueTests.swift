import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

@Suite("A Secret that is compressed behind a prefix is in the clear in every layer, by either reader")
struct CompressedValueTests {
  private static let sealed = StoredSecret.sealed(.secretbox, "key1")
  private static let prefix = Array("k8s:enc:secretbox:v1:key1:".utf8)

  static let packings: [(name: String, pack: @Sendable ([UInt8]) -> [UInt8])] = [
    ("gzip", { Wrapping.gzip($0) }), ("zlib", { Wrapping.zlib($0) }),
    ("gzip in gzip", { Wrapping.gzip(Wrapping.gzip($0)) }),
    ("zlib with a small window", { Wrapping.deflated($0, windowBits: 10) }),
  ]

  private static func forged(_ name: String, _ pack: ([UInt8]) -> [UInt8]) -> [UInt8] {
    prefix + (0..<24).map { UInt8(truncatingIfNeeded: 37 &* $0 &+ 129) } + pack(StoredSecret.plaintext(name: name))
  }

  @Test(arguments: 0..<packings.count)
  func `live, in history and in free pages`(packing: Int) throws {
    let pack = Self.packings[packing].pack
    let root = EtcdWriter(
      .v36,
      [
        .put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
        .put(secretKey("old"), Self.forged("old", pack)), .put(secretKey("old"), Self.sealed),
        .put(secretKey("new"), Self.forged("new", pack)),
      ]
    ).root
    var writer = BoltWriter(pageSize: 4096)
    let row = EtcdWriter.Row.secret("gone", 7, Self.forged("gone", pack))
    writer.freePages = [20: row.boltKey + row.keyValue.encoded]
    let directory = try TemporaryDirectory()
    let path = try directory.file("backup.db", writer.image(root).snapshot())
    for reader in [ReadingOptions.Reader.scan, .tree] {
      let report = Verifier(policy: Policy(failOn: nil), options: ReadingOptions(reader: reader)).verify(path: path)
      #expect(report.errors == [])
      #expect(report.live == ClassCounts(plaintext: 1, encrypted: 1), "\(reader)")
      #expect(report.history == ClassCounts(plaintext: 1), "\(reader)")
      for (rule, name) in [(Rule.plaintextLive, "new"), (.plaintextHistory, "old"), (.plaintextResidue, "gone")] {
        let finding = try #require(report.findings.first { $0.rule == rule }, "\(rule), \(reader)")
        #expect(finding.key == secretKey(name))
        #expect(finding.reason == "forged-envelope")
      }
      #expect(
        report.findings.first { $0.rule == .plaintextLive }?.subject?.names?.secret?.data.map(\.name) == ["password"])
    }
  }
}
