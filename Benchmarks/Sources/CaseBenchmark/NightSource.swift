import CommandBenchmark
import Foundation
import SnapshotGeneration

/// The snapshots of a series, one after the other, made by a program of their own: what it needs is not counted as memory
/// of the commands that are measured.
final class NightSource {
  /// Where the snapshots are written.
  let directory: String
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var text: [UInt8] = []

  /// Starts the program `generator`, which writes the series of `options` into `directory`, and its
  /// EncryptionConfiguration to `configuration`.
  init(_ options: SeriesOptions, in directory: String, configuration: String, generator: String) throws {
    self.directory = directory
    process.executableURL = URL(filePath: generator)
    process.arguments = [
      "--nights", "\(options.nights)", "--secrets", "\(options.secrets)", "--seed", "\(options.seed)", "--config",
      configuration, "--wait", directory,
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Has the next snapshot written.
  ///
  /// Throws ``CommandFailure`` when the program has failed.
  func next() throws -> NightSummary {
    try input.fileHandleForWriting.write(contentsOf: [UInt8(ascii: "\n")])
    while !text.contains(UInt8(ascii: "\n")) {
      let block = output.fileHandleForReading.availableData
      guard !block.isEmpty else { throw CommandFailure("\(process.executableURL?.lastPathComponent ?? ""): failed") }
      text += block
    }
    let line = text.prefix { $0 != UInt8(ascii: "\n") }
    text.removeFirst(line.count + 1)
    return try JSONDecoder().decode(NightSummary.self, from: Data(line))
  }

  /// Where the snapshot of `night` lies.
  func path(of night: NightSummary) -> String { "\(directory)/\(night.name)" }
}
