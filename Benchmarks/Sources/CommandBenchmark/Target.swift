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
  /// What keeps the ratio from being lower, and what would lift it; for reports in which it is missed.
  let obstacle: String

  private init(
    _ id: String, _ title: String, _ measure: Measure, secrets: Double, small: Double, _ obstacle: String = ""
  ) {
    self.id = id
    self.title = title
    self.measure = measure
    self.obstacle = obstacle
    (self.secrets, self.small) = (secrets, small)
  }

  /// The greatest ratio that is wanted on a file of `mix`.
  public func limit(_ mix: Mix) -> Double {
    switch mix {
    case .secrets: secrets
    case .small: small
    }
  }

  /// Files of up to so many bytes tell of the start, and of nothing else.
  private static let longestStart: UInt64 = 2_000_000

  /// All targets.
  public static let all = [
    Target(
      "verify-bare-hash", "verify / bare hash, wall", .ratio(.verifyResidue, to: .bareHash, .wall),
      secrets: 1.03, small: 1.15,
      """
      The hash keeps one of two processors busy, and the other takes in pages. Of small rows it has more to do than the \
      hash (INSTRUCTIONS.md), and when the last block has come, the tree, the newest rows and the findings follow, a \
      fifth of the whole. A third processor lifts the first part: pages are taken in by several threads.
      """),
    Target(
      "verify-openssl", "verify / openssl, wall", .ratio(.verifyResidue, to: .openssl, .wall), secrets: 0.8,
      small: 0.95,
      """
      The bare hash alone takes 0.88 of `openssl dgst` where the processor has instructions for SHA-256: `openssl` reads \
      in blocks of 8 KiB, and that is all there is to save.
      """),
    Target(
      "verify-bare-hash-cpu", "verify / bare hash, CPU", .ratio(.verifyResidue, to: .bareHash, .processor),
      secrets: 1.35, small: 1.8,
      """
      Beside the hash, each page is read, and each value is looked at from its first byte to its last: whether it is \
      random, and whether something is packed or hidden in it. Of 2 GB of Secrets that takes 0.4 s, of 3.6 million small \
      rows some 220 ns for each out of scope and 630 ns for each in scope. What a row costs is in INSTRUCTIONS.md: most of \
      it are checks that strangers and forged files asked for, and that no speed is worth leaving out.
      """),
    Target(
      "no-hash-cat", "ROWS --no-hash / cat, wall", .ratio(.verifyNoHash, to: .cat, .wall), secrets: 1.5, small: 3.5,
      """
      `cat` copies the page cache at 30 GB/s, and looks at nothing. Reading alone takes this program 0.1 to 0.2 s of 2 GB, \
      for its blocks do not fit into the caches nearest to the processor, as those of `cat` do.
      """),
    Target(
      "residue-no-hash", "all layers / ROWS, --no-hash, wall", .ratio(.verifyResidueNoHash, to: .verifyNoHash, .wall),
      secrets: 1.25, small: 1.15,
      """
      Free pages are searched byte by byte for rows, objects and traces of Secrets in twenty writings; pages in use are \
      read by their elements.
      """),
    Target(
      "inspect-status", "inspect / etcdctl, wall", .ratio(.inspect, to: .snapshotStatus, .wall), secrets: 0.5,
      small: 0.3,
      """
      `inspect` takes the SHA-256 too, which `etcdctl` does not: of 2 GB one second. It counts the live and the old values \
      of each resource below each prefix, and keeps 80 bytes of every row for that until the last block has come. To count \
      them as the blocks come would lift it.
      """),
    Target(
      "verify-status", "verify / etcdctl, wall", .ratio(.verify, to: .snapshotStatus, .wall), secrets: 1, small: 1,
      """
      `etcdctl` does not take the SHA-256, and looks at no value.
      """),
    Target(
      "pipe-file", "ROWS, pipe / file, wall", .ratio(.verifyPipe, to: .verify, .wall), secrets: 1.05, small: 1.15,
      """
      The writing program and the pipe take the processor that would take in pages: `cat FILE | cat` takes longer than a \
      whole verification of the file.
      """),
    Target(
      "no-hash-pipe-file", "ROWS --no-hash, pipe / file, wall", .ratio(.verifyNoHashPipe, to: .verifyNoHash, .wall),
      secrets: 1.5, small: 1.5,
      """
      As above: a pipe costs two copies of each byte, one of them by another program.
      """),
    Target(
      "gzip", "ROWS FILE.gz / gzip -dc, wall", .ratio(.verifyGzip, to: .gunzip, .wall), secrets: 1.1, small: 1.1),
    Target(
      "growth", "ROWS, s/GB smallest / largest", .growth(.verify), secrets: 1.15, small: 1.15,
      """
      Of 200 MB in 0.13 s, the start takes a seventh.
      """),
    Target(
      "no-hash-growth", "ROWS --no-hash, s/GB smallest / largest", .growth(.verifyNoHash), secrets: 1.15, small: 1.15,
      """
      Of 200 MB in 0.06 s, the start takes a third.
      """),
    Target(
      "memory", "verify, memory / bound", .memory(.verifyResidue), secrets: 1, small: 1,
      """
      A row in scope takes 80 bytes, not 48: the digest of its key (16), its revision (16), its place in the file (20), \
      the mark of its nonce (12), resource, kind and flags. Rows out of scope take 8 bytes each, to count the keys. Blocks, \
      threads and the libraries of Swift take 35 to 45 MB.
      """),
    Target(
      "start-up", "verify of 1 MB / 8 ms, wall", .startUp(.verifyResidue), secrets: 1, small: 1,
      """
      Before the first byte is read, some 10 ms go by: the dynamic linker resolves the symbols of Swift, Foundation and \
      ICU, and for each option's type the reading of the call asks the runtime for conformances, which are looked for in \
      all libraries. The program of the tarball, which has them inside, takes two thirds of it.
      """),
  ]

  /// The ratios that `files` give.
  func results(_ files: [FileResult]) -> [TargetResult] {
    switch measure {
    case .ratio(let command, let yardstick, let quantity):
      files.filter { $0.size > Self.longestStart }.compactMap { file in
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
      files.filter { $0.size <= Self.longestStart }.compactMap { file in
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
      return size > Self.longestStart
        && files.contains { file in
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
