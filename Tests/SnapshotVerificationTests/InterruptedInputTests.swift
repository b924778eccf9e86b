import BoltFormat
import Foundation
import KubernetesStorage
import SnapshotInput
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

@Suite("Of input that ends too early it is told that it does, and what was verified until then counts")
struct InterruptedInputTests {
  /// Secrets in the clear and encrypted ones in some four hundred pages. The last rows come first in the file.
  private static let image: BoltImage = {
    let pods = (0..<300 as Range<UInt64>).map { number in
      var random = SeededGenerator(seed: number)
      return EtcdWriter.Operation.put("/registry/pods/default/p\(number)", random.bytes(2000))
    }
    let secrets = (0..<1500 as Range<UInt64>).map { number in
      EtcdWriter.Operation.put(
        secretKey("s\(number)"),
        number % 4 == 0 ? StoredSecret.plaintext() : StoredSecret.sealed(.secretbox, "key1", seed: number))
    }
    let namespace = StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])
    var writer = BoltWriter()
    writer.placement = .parentsFirst
    return writer.image(
      EtcdWriter(.v36, pods + secrets + [.put("/registry/namespaces/default", namespace)]).root)
  }()

  /// The snapshot, and what is said of it.
  private static let whole: (bytes: [UInt8], report: SnapshotReport)? = {
    guard let bytes = try? image.snapshot(), let report = try? report(on: bytes) else { return nil }
    return (bytes, report)
  }()

  private let directory: TemporaryDirectory
  private let path: String
  private let whole: SnapshotReport

  init() throws {
    let snapshot = try #require(Self.whole)
    directory = try TemporaryDirectory()
    path = try directory.file("backup.db", snapshot.bytes)
    whole = snapshot.report
    try #require(whole.errors == [] && whole.live.total == 1500)
  }

  /// Expects an error with this code, and some of the rows.
  private func expectPart(_ report: SnapshotReport, _ code: String, _ comment: Comment? = nil) {
    #expect(report.verdict == .error, comment)
    #expect(report.errorCodes.contains(code), comment)
    #expect(report.live.plaintext > 0 && report.live.total < whole.live.total, comment)
    #expect(report.findingCounts[.plaintextLive] == report.live.plaintext, comment)
  }

  @Test(arguments: [
    "gzip -c backup.db", "zstd -q -c backup.db", "xz -0 -c --block-size=65536 backup.db", "lz4 -q -B4 -c backup.db",
    "bzip2 -1 -c backup.db", "tar -c backup.db", "zip -q - backup.db", "tar -c backup.db | gzip -c",
  ])
  func `a container that was cut`(script: String) async throws {
    let packing = try await ChildProcess(["sh", "-c", "\(script) > packed"], in: directory.path)
    try #require(packing.status == 0, "\(packing.errors)")
    let packed = try [UInt8](Data(contentsOf: URL(filePath: "\(directory.path)/packed")))
    let cut = try directory.file("cut", Array(packed.prefix(packed.count / 8)))
    expectPart(Verifier(policy: Policy.rows()).verify(path: cut), "container-truncated", "\(script)")
  }

  @Test func `a pipe that breaks`() throws {
    let pipe = Pipe()
    let bytes = Array(Self.image.bytes.prefix(Self.image.bytes.count / 8 + 100))
    let writer = Thread {
      try? pipe.fileHandleForWriting.write(contentsOf: bytes)
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let report = Verifier(policy: Policy.rows()).verify(path: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
    expectPart(report, "truncated")
  }

  @Test(arguments: [false, true]) func `a file that shrinks while it is read`(takesHash: Bool) throws {
    let policy = Policy.rows(hash: takesHash ? .verified : .skipped)
    let (file, tree) = try Opening(path).outcome.get()
    try shrink()
    let list = CandidateList(scope: policy.scope, prefixes: PrefixTable(scope: policy.scope))
    let reading = try StoreReading(file, tree, list, takesHash: takesHash, ReadingOptions())
    var assembly = ReportAssembly(of: reading, policy: policy)
    expectPart(assembly.report(), "read-failed")
  }

  @Test(arguments: [false, true]) func `a redirected file that shrinks while it is read`(takesHash: Bool) throws {
    let policy = Policy.rows(hash: takesHash ? .verified : .skipped)
    let stream = try #require(try SnapshotStreams(path: path).next())
    try shrink()
    let list = CandidateList(scope: policy.scope, prefixes: PrefixTable(scope: policy.scope), keepsNames: true)
    let reading = try StoreReading(stream, list, takesHash: takesHash, ReadingOptions(blockBytes: 1 << 16))
    var assembly = ReportAssembly(of: reading, policy: policy)
    expectPart(assembly.report(), "read-failed")
  }

  private func shrink() throws {
    let bytes = Self.image.bytes.count / 8
    try FileHandle(forUpdating: URL(filePath: path)).truncate(atOffset: UInt64(bytes))
  }

  @Test func `signals that interrupt the reading change nothing`() throws {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in }
    // Without SA_RESTART: what waits is interrupted.
    try #require(unsafe sigaction(SIGUSR2, &action, nil) == 0)
    let pipe = Pipe()
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    let reader = pthread_self()
    let writer = Thread {
      for start in stride(from: 0, to: bytes.count, by: 50_000) {
        for _ in 0..<3 {
          Thread.sleep(forTimeInterval: 0.001)
          pthread_kill(reader, SIGUSR2)
        }
        try? pipe.fileHandleForWriting.write(contentsOf: bytes[start..<min(bytes.count, start + 50_000)])
      }
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let verifier = Verifier(policy: Policy.rows(), options: ReadingOptions(workers: 1))
    let report = verifier.verify(path: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
    #expect(whole.differences(from: report).filter { !$0.hasPrefix("path: ") } == [])
  }
}
