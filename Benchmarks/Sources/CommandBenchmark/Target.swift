import SnapshotGeneration

/// A bound that `atrest` is to keep: a ratio, so that it means the same on every machine.
public struct Target: Hashable, Sendable {
  /// What the ratio is of.
  enum Measure: Hashable {
    /// Of two commands, on each file.
    case ratio(Command, to: Command, Quantity)
    /// Of the time for each byte in the largest file to that in the smallest, for each mix.
    case growth(Command)
  }

  /// What it is called in results.
  public let id: String
  /// What it is called in reports.
  public let title: String
  /// The greatest ratio that is wanted.
  public let limit: Double
  /// The greatest ratio that is tolerable, where that is more.
  public let ceiling: Double?
  let measure: Measure

  private init(_ id: String, _ title: String, _ measure: Measure, limit: Double, ceiling: Double? = nil) {
    self.id = id
    self.title = title
    self.measure = measure
    self.limit = limit
    self.ceiling = ceiling
  }

  /// All targets.
  public static let all = [
    Target("verify-openssl", "verify / openssl, wall", .ratio(.verify, to: .openssl, .wall), limit: 0.8),
    Target("verify-openssl-cpu", "verify / openssl, CPU", .ratio(.verify, to: .openssl, .processor), limit: 1.3),
    Target(
      "no-hash-cat", "--no-hash / cat, wall", .ratio(.verifyNoHash, to: .cat, .wall), limit: 1, ceiling: 1.33),
    Target("verify-status", "verify / etcdctl, wall", .ratio(.verify, to: .snapshotStatus, .wall), limit: 1),
    Target(
      "no-hash-status", "--no-hash / etcdctl, wall", .ratio(.verifyNoHash, to: .snapshotStatus, .wall), limit: 0.25),
    Target(
      "verify-status-memory", "verify / etcdctl, memory", .ratio(.verify, to: .snapshotStatus, .memory), limit: 0.05),
    Target("pipe-file", "pipe / file, wall", .ratio(.verifyPipe, to: .verify, .wall), limit: 1.15),
    Target(
      "no-hash-pipe-file", "pipe / file, --no-hash, wall", .ratio(.verifyNoHashPipe, to: .verifyNoHash, .wall),
      limit: 1.15),
    Target("residue-openssl", "all layers / openssl, wall", .ratio(.verifyResidue, to: .openssl, .wall), limit: 0.95),
    Target(
      "residue-no-hash", "all layers / rows, --no-hash, wall", .ratio(.verifyResidueNoHash, to: .verifyNoHash, .wall),
      limit: 1.5),
    Target("gzip", "verify FILE.gz / gzip -dc, wall", .ratio(.verifyGzip, to: .gunzip, .wall), limit: 1.1),
    Target("growth", "verify, s/GB largest / smallest", .growth(.verify), limit: 1.1),
    Target("no-hash-growth", "--no-hash, s/GB largest / smallest", .growth(.verifyNoHash), limit: 1.1),
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
    case .growth(let command):
      return files.count > 1 && files.map(\.size).max() == size && files.allSatisfy { $0.measurement(command) != nil }
    }
  }

  private func growth(_ command: Command, _ files: [FileResult]) -> TargetResult? {
    let files = files.sorted { $0.size < $1.size }
    guard files.count > 1, let small = files.first?.secondsPerGigabyte(command), let large = files.last,
      let ratio = large.secondsPerGigabyte(command).flatMap({ Spread(of: [$0 / small]) })
    else { return nil }
    return TargetResult(self, large.mix, size: large.size, ratio)
  }
}
