import BoltFormat
import EncryptionConfig
import Foundation
import SnapshotGeneration
import SnapshotInspection
import SnapshotVerification
import TestSupport
import Testing
import ValueAuthentication
import VerificationModel

@Suite struct SnapshotGenerationTests {
  private static let options = [
    SnapshotOptions(bytes: 8_000_000, mix: .small),
    SnapshotOptions(bytes: 8_000_000, mix: .secrets, plaintextShare: 0.5, freePages: 0.5, history: 0.9, seed: 2),
    SnapshotOptions(bytes: 4_000_000, mix: .small, plaintextShare: 0, freePages: 0, history: 0),
    SnapshotOptions(bytes: 100_000, mix: .secrets, seed: 3),
  ]

  @Test(arguments: options)
  func verifierFindsWhatTheSummaryTells(options: SnapshotOptions) throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/snapshot.db"
    let summary = try generate(options, path)
    let report = Verifier(policy: Policy()).verify(path: path)
    #expect(report.errors.isEmpty)
    #expect(report.file.bytes == summary.bytes)
    guard case .match? = report.file.hash else { Issue.record("the SHA-256 does not match"); return }
    let etcd = try #require(report.etcd)
    #expect(etcd.revision == summary.revision)
    #expect(etcd.compactRevision == summary.compactRevision)
    #expect(etcd.revisions == summary.revisions)
    #expect(etcd.tombstones == summary.tombstones)
    #expect(etcd.liveKeys == summary.liveKeys)
    let bolt = try #require(report.bolt)
    #expect(bolt.pages == summary.pages)
    #expect(bolt.reachablePages == summary.reachablePages)
    #expect(bolt.origin == .snapshot)
    let secrets = try #require(report.resources.first)
    #expect(classes(secrets.live) == [summary.liveSecrets.plaintext, summary.liveSecrets.encrypted])
    #expect(classes(secrets.history) == [summary.historySecrets.plaintext, summary.historySecrets.encrypted])
    #expect(secrets.live.undetermined + secrets.history.undetermined == 0)
  }

  @Test(arguments: SealingProvider.allCases)
  func configurationOpensEverySecret(provider: SealingProvider) throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/snapshot.db"
    let options = SnapshotOptions(bytes: 4_000_000, mix: .secrets, provider: provider)
    let summary = try generate(options, path)
    var text = Array(options.encryptionConfiguration.utf8)
    let configuration = try EncryptionConfiguration(wiping: &text)
    var policy = Policy(layers: [.live, .history])
    policy.configuration = ConfigurationCheck(path: "c.yaml", configuration: configuration)
    policy.decryption = DecryptionRequest()
    let report = Verifier(policy: policy, keys: KeyRing(configuration)).verify(path: path)
    let use = try #require(report.encryption.first)
    #expect(use.provider.rawValue == provider.rawValue)
    #expect(use.live == summary.liveSecrets.encrypted)
    #expect(use.authenticated == summary.liveSecrets.encrypted + summary.historySecrets.encrypted)
  }

  @Test(arguments: options)
  func strictReaderFindsNothingWrong(options: SnapshotOptions) throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/snapshot.db"
    let summary = try generate(options, path)
    var census = Census()
    let reached = try Tree(FileSource(path)).walk(&census)
    #expect(census.errors.isEmpty)
    #expect(census.rows == summary.rows)
    #expect(reached.count == summary.reachablePages)
  }

  @Test func sharesAreThoseAskedFor() throws {
    let directory = try TemporaryDirectory()
    for mix in Mix.allCases {
      let options = SnapshotOptions(bytes: 20_000_000, mix: mix, plaintextShare: 0.2, freePages: 0.3, history: 0.3)
      let summary = try generate(options, "\(directory.path)/snapshot.db")
      #expect(isNear(Double(summary.bytes), 20_000_000, 0.01))
      #expect(isNear(Double(summary.pages - summary.reachablePages), 0.3 * Double(summary.pages), 0.01))
      let old = Double(summary.revisions - summary.liveKeys - summary.tombstones)
      #expect(isNear(old, 0.3 * Double(summary.revisions), 0.1))
      let secrets = summary.liveSecrets
      #expect(isNear(Double(secrets.plaintext), 0.2 * Double(secrets.plaintext + secrets.encrypted), 0.2))
    }
  }

  @Test func sameOptionsGiveTheSameBytes() throws {
    let directory = try TemporaryDirectory()
    let files = try [1, 1, 2].enumerated().map { index, seed in
      let path = "\(directory.path)/\(index).db"
      _ = try generate(SnapshotOptions(bytes: 1_000_000, mix: .small, seed: UInt64(seed)), path)
      return try Data(contentsOf: URL(filePath: path))
    }
    #expect(files[0] == files[1])
    #expect(files[0] != files[2])
  }

  private func generate(_ options: SnapshotOptions, _ path: String) throws -> SnapshotSummary {
    var generator = try SnapshotGenerator(options, path: path)
    return try generator.run()
  }

  private func classes(_ counts: ClassCounts) -> [Int] { [counts.plaintext, counts.encrypted] }

  private func isNear(_ value: Double, _ wanted: Double, _ tolerance: Double) -> Bool {
    abs(value - wanted) <= tolerance * wanted
  }
}

/// What a walk meets.
private struct Census: TreeVisitor {
  var rows = 0
  var errors: [BoltError] = []

  mutating func visit(_ row: borrowing Row) { rows += 1 }
  mutating func find(_ violation: BoltError) { errors.append(violation) }
  mutating func enter(_ bucket: Bucket) {}
  mutating func leave(_ bucket: Bucket) {}
  mutating func finish(_ page: PageUse) {}
}

/// A file that fits into memory.
private struct FileSource: ByteSource {
  private let bytes: [UInt8]

  init(_ path: String) throws { bytes = try Array(Data(contentsOf: URL(filePath: path))) }

  var byteCount: UInt64 { UInt64(bytes.count) }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
      throw BoltError(.readFailed, offset: ByteOffset(offset), bound: UInt64(count))
    }
    buffer.replaceSubrange(..<min(count, buffer.count), with: bytes[Int(offset)..<Int(offset) + count])
  }
}
