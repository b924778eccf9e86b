import Foundation
import TestSupport
import Testing

@testable import SnapshotVerification
@testable import VerificationModel

@Suite("Each defect is told by its name")
struct DefectTests {
  /// The default policy, with values judged by their keys.
  private static let policy: Policy = {
    var policy = Policy()
    policy.decryption = DecryptionRequest()
    return policy
  }()

  private static func snapshot(_ bytes: [UInt8]) throws -> DamagedSnapshot {
    try DamagedSnapshot(bytes, policy, keys: SoundStore.keys)
  }

  @Test func `the store that they are put into has none`() throws {
    let image = SoundStore.writer.image(SoundStore.etcd.rootInPages)
    let snapshot = try Self.snapshot(image.snapshot())
    for report in [snapshot.report(.kept), snapshot.report(.kept, .tree), try snapshot.streamed(.kept)] {
      #expect(report.errors == [])
      #expect(report.findings == [])
      #expect(report.verdict == .pass)
      #expect(report.encryption.map(\.authenticated) == [12])
    }
    #expect(image.leafPages(ofBucket: "key").count == 4)
    #expect(image.branchPages(ofBucket: "key").count == 1)
  }

  @Test(arguments: Defect.all)
  func `a file that has it raises what it must, by either reader`(_ defect: Defect) throws {
    let snapshot = try Self.snapshot(defect.make())
    let report = snapshot.report(.kept)
    #expect(report.errorCodes == defect.errors)
    #expect(Set(report.rules) == defect.findings)
    #expect(report.verdict == defect.verdict)
    #expect(snapshot.report(.kept, .tree).differences(from: report) == [])
  }

  /// A stream can't be read again: where the file has an error, it has one, perhaps another.
  @Test(arguments: Defect.all)
  func `so does a stream, plain or compressed`(_ defect: Defect) throws {
    let bytes = try defect.make()
    let snapshot = try Self.snapshot(bytes)
    let streamed = try snapshot.streamed(.kept)
    #expect(streamed.disagreements(with: snapshot.report(.kept)) == [])
    #expect(streamed.verdict >= defect.verdict)
    let compressed = try Self.snapshot(Wrapping.gzip(bytes)).report(.kept)
    #expect(compressed.errorCodes == streamed.errorCodes)
    #expect(compressed.rules == streamed.rules)
    #expect(compressed.verdict == streamed.verdict)
  }

  /// Each is named after its file: no two share a name, and none was left out.
  @Test func `all files of the folder are in the table, each once`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Defects")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
    #expect(Defect.all.map { "\($0.name).swift" } == files.sorted())
    #expect(Set(Defect.all.map(\.fault)).count == Defect.all.count)
  }
}
