import SnapshotGeneration

/// A bound that `atrest` is to keep: nearly always a ratio, so that it means the same on every machine.
public struct Target: Hashable, Sendable {
  /// What the ratio is of.
  enum Measure: Hashable {
    /// Of two commands, on each file.
    case ratio(Command, to: Command, Quantity)
    /// Of the time for each byte in the smallest file to that in the largest, for each mix.
    case growth(Command)
    /// Of the memory of a command to its bound: 64 MiB, 48 bytes for each row in scope, and 24 for each page.
    case memory(Command)
    /// Of the time of a command to 8 ms, on a file of about 1 MB.
    case startUp(Command)
  }

  /// What it is called in results.
  public let id: String
  /// What it is called in reports.
  public let title: String
  private let (secrets, small): (Double, Double)
  let measure: Measure

  private init(_ id: String, _ title: String, _ measure: Measure, secrets: Double, small: Double) {
    self.id = id
    self.title = title
    self.measure = measure
    (self.secrets, self.small) = (secrets, small)
  }

  /// The greatest ratio that is wanted on a file of `mix`.
  public func limit(_ mix: Mix) -> Double {
    switch mix {
    case .secrets: secrets
    case .small: small
    }
  }

  /// All targets.
  public static let all = [
    Target(
      "verify-bare-hash", "verify / bare hash, wall", .ratio(.verifyResidue, to: .bareHash, .wall),
      secrets: 1.03, small: 1.15),
    Target(
      "verify-openssl", "verify / openssl, wall", .ratio(.verifyResidue, to: .openssl, .wall), secrets: 0.8, small: 0.95
    ),
    Target(
      "verify-bare-hash-cpu", "verify / bare hash, CPU", .ratio(.verifyResidue, to: .bareHash, .processor),
      secrets: 1.35, small: 1.8),
    Target(
      "no-hash-cat", "ROWS --no-hash / cat, wall", .ratio(.verifyNoHash, to: .cat, .wall), secrets: 1.5, small: 3.5),
    Target(
      "residue-no-hash", "all layers / ROWS, --no-hash, wall", .ratio(.verifyResidueNoHash, to: .verifyNoHash, .wall),
      secrets: 1.25, small: 1.15),
    Target(
      "inspect-status", "inspect / etcdctl, wall", .ratio(.inspect, to: .snapshotStatus, .wall), secrets: 0.5,
      small: 0.3),
    Target(
      "verify-status", "verify / etcdctl, wall", .ratio(.verify, to: .snapshotStatus, .wall), secrets: 1, small: 1),
    Target("pipe-file", "ROWS, pipe / file, wall", .ratio(.verifyPipe, to: .verify, .wall), secrets: 1.05, small: 1.15),
    Target(
      "no-hash-pipe-file", "ROWS --no-hash, pipe / file, wall", .ratio(.verifyNoHashPipe, to: .verifyNoHash, .wall),
      secrets: 1.5, small: 1.5),
    Target(
      "gzip", "ROWS FILE.gz / gzip -dc, wall", .ratio(.verifyGzip, to: .gunzip, .wall), secrets: 1.1, small: 1.1),
    Target("growth", "ROWS, s/GB smallest / largest", .growth(.verify), secrets: 1.15, small: 1.15),
    Target(
      "no-hash-growth", "ROWS --no-hash, s/GB smallest / largest", .growth(.verifyNoHash), secrets: 1.15, small: 1.15),
    Target("memory", "verify, memory / bound", .memory(.verifyResidue), secrets: 1, small: 1),
    Target("start-up", "verify of 1 MB / 8 ms, wall", .startUp(.verifyResidue), secrets: 1, small: 1),
  ]

  /// The ratios that `files` give.
  func results(_ files: [FileResult]) -> [TargetResult] {
    switch measure {
    case .ratio(let command, let yardstick, let quantity):
      files.compactMap { file in
        file.ratio(command, to: yardstick, quantity).map { TargetResult(self, file.mix, size: file.size, $0) }
      }
    case .growth(let command):
      Dictionary(grouping: files, by: \.mix).values.compactMap { growth(command, $0) }.sorted {
        $0.mix.rawValue < $1.mix.rawValue
      }
    case .memory(let command):
      files.compactMap { file in
        let bound = Double(file.memoryBound)
        return Spread(of: file.values(command, .memory).map { $0 / bound }).map {
          TargetResult(self, file.mix, size: file.size, $0)
        }
      }
    case .startUp(let command):
      files.filter { $0.size <= 2_000_000 }.compactMap { file in
        Spread(of: file.values(command, .wall).map { $0 / 0.008 }).map {
          TargetResult(self, file.mix, size: file.size, $0)
        }
      }
    }
  }

  /// Whether `files` are those that the ratio on a file of this mix and size would come from, had nothing failed.
  func wasTried(_ mix: Mix, size: UInt64, _ files: [FileResult]) -> Bool {
    let files = files.filter { $0.mix == mix }
    switch measure {
    case .ratio(let command, let yardstick, _):
      return files.contains { file in
        file.size == size && file.measurement(command) != nil && file.measurement(yardstick) != nil
      }
    case .memory(let command), .startUp(let command):
      return files.contains { $0.size == size && $0.measurement(command) != nil }
    case .growth(let command):
      return files.count > 1 && files.map(\.size).max() == size && files.allSatisfy { $0.measurement(command) != nil }
    }
  }

  private func growth(_ command: Command, _ files: [FileResult]) -> TargetResult? {
    // A small file tells of the start.
    let files = files.filter { $0.size >= 100_000_000 }.sorted { $0.size < $1.size }
    guard files.count > 1, let small = files.first?.secondsPerGigabyte(command), let large = files.last,
      let ratio = large.secondsPerGigabyte(command).flatMap({ Spread(of: [small / $0]) })
    else { return nil }
    return TargetResult(self, large.mix, size: large.size, ratio)
  }
}
