import ArgumentParser
import Foundation
import SnapshotGeneration

/// `generate-nights`: writes a series of etcd snapshots, and prints what is in each.
@main
struct GenerateNights: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate-nights",
    abstract: "Write nightly etcd snapshots of one cluster, and print a line of JSON about each.",
    discussion: "The same options give the same bytes. Nothing in it is secret: all of it is made up.")

  @Option(help: "How many snapshots.")
  var nights = 200

  @Option(help: "How many Secrets.")
  var secrets = 100_000

  @Option(help: "What all random choices follow from.")
  var seed: UInt64 = 1

  @Option(
    help: "Also write to this file the EncryptionConfiguration with the keys of the series.", completion: .file())
  var config: String?

  @Flag(help: "Write each snapshot only when a line is read from standard input.")
  var wait = false

  @Argument(help: "The directory to write to. A file is there when it is complete, not before.", completion: .directory)
  var directory: String

  func validate() throws {
    guard nights >= 0 else { throw ValidationError("--nights is at least 0") }
    guard secrets > 0 else { throw ValidationError("--secrets is at least 1") }
  }

  func run() throws {
    let options = SeriesOptions(nights: nights, secrets: secrets, seed: seed)
    if let config { try options.encryptionConfiguration.write(toFile: config, atomically: true, encoding: .utf8) }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    var series = SnapshotSeries(options)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    while !wait || readLine() != nil, let night = try series.writeNext(to: directory) {
      try FileHandle.standardOutput.write(contentsOf: encoder.encode(night) + [UInt8(ascii: "\n")])
    }
  }
}
