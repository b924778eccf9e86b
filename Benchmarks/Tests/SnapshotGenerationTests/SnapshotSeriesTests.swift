import EncryptionConfig
import Foundation
import SnapshotGeneration
import SnapshotVerification
import TestSupport
import Testing
import ValueAuthentication
import VerificationModel

@Suite struct SnapshotSeriesTests {
  @Test func verifierFindsWhatTheSummariesTell() throws {
    let directory = try TemporaryDirectory()
    let options = SeriesOptions(nights: 16, secrets: 300, churn: 0.05, turnover: 0.01)
    var text = Array(options.encryptionConfiguration.utf8)
    let configuration = try EncryptionConfiguration(wiping: &text)
    var policy = Policy()
    policy.configuration = ConfigurationCheck(path: "c.yaml", configuration: configuration)
    policy.decryption = DecryptionRequest()
    let nights = try write(options, to: directory.path)
    #expect(nights.count == 16)
    #expect(nights.map(\.name).prefix(2) == ["20260101T020000Z.db", "20260102T020000Z.db"])
    #expect(nights.map(\.residue).max() ?? 0 > 0)
    #expect(nights.map(\.history).max() ?? 0 > 0)
    #expect(nights.map(\.isQuiet).contains(true))
    #expect(nights.first?.live.encrypted == 0 && nights.last?.live.plaintext == 0)
    for night in nights {
      let path = "\(directory.path)/\(night.name)"
      let report = Verifier(policy: policy, keys: KeyRing(configuration)).verify(path: path)
      #expect(report.errors.isEmpty)
      #expect(report.file.bytes == night.bytes)
      let etcd = try #require(report.etcd)
      #expect(etcd.revision == night.revision)
      let secrets = try #require(report.resources.first)
      #expect(secrets.live.plaintext == night.live.plaintext && secrets.live.encrypted == night.live.encrypted)
      #expect(secrets.history.plaintext + secrets.history.encrypted == night.history)
      #expect((secrets.residue?.objects ?? 0) == night.residue)
      #expect(report.encryption.map(\.live).reduce(0, +) == night.live.encrypted)
    }
  }

  @Test func rowsThatStayAreCounted() throws {
    let directory = try TemporaryDirectory()
    let nights = try write(SeriesOptions(nights: 5, secrets: 200), to: directory.path)
    #expect(nights[0].unchanged == 0)
    let quiet = nights[4]
    #expect(quiet.isQuiet)
    #expect(quiet.unchanged == nights[3].rows - 1)
    #expect(quiet.rows == nights[3].rows + 1)
  }

  @Test func sameOptionsGiveTheSameSeries() throws {
    let directory = try TemporaryDirectory()
    let seeds: [UInt64] = [1, 1, 2]
    let series = try seeds.enumerated().map { index, seed -> [Data] in
      let path = "\(directory.path)/\(index)"
      let nights = try write(SeriesOptions(nights: 3, secrets: 100, seed: seed), to: path)
      return try nights.map { try Data(contentsOf: URL(filePath: "\(path)/\($0.name)")) }
    }
    #expect(series[0] == series[1])
    #expect(series[0] != series[2])
  }

  private func write(_ options: SeriesOptions, to directory: String) throws -> [NightSummary] {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    var series = SnapshotSeries(options)
    var nights: [NightSummary] = []
    while let night = try series.writeNext(to: directory) { nights.append(night) }
    return nights
  }
}
