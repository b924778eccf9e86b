import Foundation
import TestSupport
import Testing

/// A call of the program that is to meet faults of the system.
struct FaultedCommand: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The arguments; `%` stands for the directory that the call may write to.
  let arguments: [String]
  /// What it reads from standard input.
  var input: [UInt8] = []
  /// What is in the directory at first: calls, one after the other.
  var preparations: [[String]] = []
  /// Whether it works on a case: LMDB takes some of what is harmless for an error.
  var usesCase: Bool { arguments.contains("%/case") }

  /// What came of a call.
  struct Outcome: Equatable {
    let status: Int32
    /// Standard output, but for times and what is random.
    let output: String
    /// Standard error.
    let errors: String
    /// The files that are there, but for those of a case, with their text likewise.
    let files: [String: String]
    /// How many calls of the system were counted.
    let calls: Int

    /// Whether a caller sees the same in both.
    func isSame(as other: Outcome) -> Bool {
      status == other.status && output == other.output && files == other.files
    }
  }

  /// Runs the call with `fault` at call `number`; what is left is then handed to `body`.
  func outcome(
    _ fault: SystemFault, at number: Int, then body: (_ directory: String) async throws -> Void = { _ in }
  ) async throws -> Outcome {
    let directory = try TemporaryDirectory()
    let (work, counter) = ("\(directory.path)/work", try directory.file("counter", [UInt8](repeating: 0, count: 8)))
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: false)
    for preparation in preparations {
      let call = try await ChildProcess([Self.program] + Self.filled(preparation, work), in: directory.path)
      guard call.status == 0 else { throw ChildProcessFailure("\(preparation)", says: call.errors) }
    }
    let command = try await fault.prefix(at: number, counter: counter) + [Self.program] + Self.filled(arguments, work)
    let call = try await ChildProcess(command, in: directory.path, input: input, within: .seconds(60))
    let names = try FileManager.default.contentsOfDirectory(atPath: work).filter { $0 != "case" }
    let files = try names.map {
      ($0, try String(decoding: Data(contentsOf: URL(filePath: "\(work)/\($0)")), as: UTF8.self))
    }
    let counts = try [UInt8](Data(contentsOf: URL(filePath: counter)))
    try await body(work)
    return Outcome(
      status: call.status, output: Self.constant(String(decoding: call.output, as: UTF8.self), directory.path),
      errors: call.errors,
      files: Dictionary(uniqueKeysWithValues: files.map { ($0, Self.constant($1, directory.path)) }),
      calls: counts.reversed().reduce(0) { $0 << 8 | Int($1) })
  }

  private static var program: String { Program.atrest.path(percentEncoded: false) }

  private static func filled(_ words: [String], _ directory: String) -> [String] {
    words.map { $0.replacing("%", with: directory) }
  }

  /// `text` without what is another at each call: times, durations, digests of a case's log, and where the test works.
  private static func constant(_ text: String, _ directory: String) -> String {
    text.replacing(directory, with: "")
      .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?/, with: "TIME")
      .replacing(/(?i)((duration|timestamp)\w*"?|time=?)( : |=|:| )"?[\d.e-]+/, with: "DURATION")
      .replacing(/[\d.e-]+ seconds/, with: "DURATION")
      .replacing(/[0-9a-f]{64}/, with: "DIGEST")
  }

  // MARK: The calls

  private static func verify(_ name: String, _ arguments: String...) -> FaultedCommand {
    FaultedCommand(testDescription: name, arguments: ["verify"] + arguments)
  }

  private static let clean = Sample.clean.path
  private static let keys = Sample.directory.appending(path: "06-aescbc-defragged/encryption-config.yaml")
    .path(percentEncoded: false)
  private static let policy = Sample.directory.appending(path: "policy.yaml").path(percentEncoded: false)

  /// The snapshot `snapshot.db`, packed by each program that is installed, by the name of the file.
  private static let packed = Task {
    let directory = try TemporaryDirectory()
    try FileManager.default.copyItem(atPath: clean, toPath: "\(directory.path)/snapshot.db")
    let script = """
      gzip -k snapshot.db; xz -k snapshot.db; zstd -q -k snapshot.db; bzip2 -k snapshot.db
      lz4 -q -k snapshot.db snapshot.db.lz4; tar -cf snapshot.tar snapshot.db; zip -q snapshot.zip snapshot.db
      xz -k snapshot.tar; true
      """
    _ = try await ChildProcess(["sh", "-c", script], in: directory.path)
    return directory
  }

  /// All calls.
  static func all() async throws -> [FaultedCommand] {
    let packed = try await packed.value.path
    let names = try FileManager.default.contentsOfDirectory(atPath: packed).sorted()
    let reports = ["json", "ndjson", "csv", "sarif", "junit", "prometheus", "html", "intoto"]
      .flatMap { ["--report", "\($0)=%/\($0)"] }
    let bytes = try [UInt8](Sample.clean.bytes)
    let start = ["case", "init", "%/case"]
    let filled = [start, ["case", "add", "%/case", clean]]
    return names.map { verify("verify \($0)", "\(packed)/\($0)") } + [
      verify("verify what fails", "--format", "json", Sample.rewritten.path),
      FaultedCommand(testDescription: "verify a pipe", arguments: ["verify", "-"], input: bytes),
      verify("verify a directory", "--jobs", "2", "--ignore-unrecognized", packed),
      verify("verify with keys", "-c", keys, "--authenticate", clean),
      verify("verify by a policy", "--policy", policy, clean),
      FaultedCommand(testDescription: "all reports", arguments: ["verify", "-q"] + reports + [clean]),
      FaultedCommand(testDescription: "inspect", arguments: ["inspect", clean]),
      FaultedCommand(testDescription: "inspect what is packed", arguments: ["inspect", "\(packed)/snapshot.db.gz"]),
      FaultedCommand(testDescription: "lint", arguments: ["lint", keys, "--snapshot", clean]),
      FaultedCommand(testDescription: "diff", arguments: ["diff", clean, Sample.rewritten.path]),
      FaultedCommand(testDescription: "policy check", arguments: ["policy", "check", policy]),
      FaultedCommand(testDescription: "case init", arguments: start),
      FaultedCommand(testDescription: "case add", arguments: ["case", "add", "%/case", clean], preparations: [start]),
      FaultedCommand(testDescription: "case list", arguments: ["case", "list", "%/case"], preparations: filled),
      FaultedCommand(testDescription: "case export", arguments: ["case", "export", "%/case"], preparations: filled),
      FaultedCommand(testDescription: "case verify", arguments: ["case", "verify", "%/case"], preparations: filled),
    ]
  }
}
