import Foundation

/// A real etcd with a store of its own, for as long as a test needs it.
///
/// ```swift
/// try await EtcdServer.run { etcd in
///   try await etcd.client.apply(.put("/registry/secrets/default/a", sealed))
///   let snapshot = try await etcd.client.saveSnapshot()
/// }
/// ```
/// It listens on sockets inside its own directory: there is no port that could be taken, and nobody else can reach it.
public final class EtcdServer: Sendable {
  /// Whether `etcd` and `etcdctl` are there.
  public static let isInstalled: Bool = {
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["etcd", "etcdctl"].allSatisfy { program in
      directories.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
  }()

  /// What starts etcd and ends it: a line on standard input names the signal to end it by.
  ///
  /// The end of standard input stands for `KILL`: that comes when the test is over, and also when the process of the
  /// tests dies, whatever it dies of. Linux's parent-death signal would not do: it comes when the *thread* that started
  /// the program ends (prctl(2), PR_SET_PDEATHSIG), and the threads of a Swift program come and go.
  private static let script = """
    cd "$1" || exit
    shift
    trap : HUP INT TERM
    etcd "$@" </dev/null >log 2>&1 &
    read -r signal
    kill -s "${signal:-KILL}" $!
    wait $!
    [ -n "$signal" ] || rm -rf data
    """

  /// A member that is alone in its cluster. Elections are quick, and passwords are hashed quickly.
  private static let options = [
    "--data-dir", "data", "--listen-client-urls", EtcdClient.endpoint, "--advertise-client-urls", EtcdClient.endpoint,
    "--listen-peer-urls", "unix://peer:0", "--initial-advertise-peer-urls", "unix://peer:0",
    "--initial-cluster", "default=unix://peer:0", "--heartbeat-interval", "10", "--election-timeout", "100",
    "--max-txn-ops", "10000", "--bcrypt-cost", "4",
  ]

  /// How long the start, and the end, may take.
  private static let patience = Duration.seconds(30)

  private let directory: TemporaryDirectory
  private let process = Process()
  /// The shell's standard input. Both ends stay open here, so that writing is safe when nobody reads any more.
  private let lifeline = Pipe()

  /// Starts etcd, waits until it is healthy, and ends it after `body`, however that ends. Its directory goes away then.
  ///
  /// A failure of etcd or of `etcdctl` is thrown with the end of etcd's log.
  public static func run<Result>(_ body: (EtcdServer) async throws -> Result) async throws -> Result {
    let server = try EtcdServer()
    defer { server.end() }
    do {
      try await server.waitUntilHealthy()
      return try await body(server)
    } catch let failure as ChildProcessFailure {
      throw ChildProcessFailure("\(failure)", says: server.log)
    }
  }

  private init() throws {
    directory = try TemporaryDirectory()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", Self.script, "sh", directory.path] + Self.options
    process.environment = EtcdClient.environment
    process.standardInput = lifeline.fileHandleForReading
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    // No program that is started meanwhile may hold this end: it would keep etcd alive.
    guard fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC) == 0 else {
      throw ChildProcessFailure("a pipe can't be closed to other programs")
    }
    try process.runWithAllSignals()
  }

  /// Where it runs, and where its clients run: files that they name lie there.
  public var path: String { directory.path }

  /// A client without a name.
  public var client: EtcdClient { EtcdClient(directory: directory.path) }

  /// The database in the data directory. Before etcd was ended it lacks what was not committed yet.
  public var databasePath: String { "\(directory.path)/data/member/snap/db" }

  /// Ends etcd as a service is stopped: it commits everything and closes its database.
  public func stop() async throws { try await end(by: "TERM") }

  /// Ends etcd in the middle of what it does.
  public func crash() async throws { try await end(by: "KILL") }

  private func end(by signal: String) async throws {
    try lifeline.fileHandleForWriting.write(contentsOf: Data("\(signal)\n".utf8))
    try await wait("etcd did not end by SIG\(signal)") { !process.isRunning }
  }

  private func end() {
    try? lifeline.fileHandleForWriting.close()
    let deadline = ContinuousClock.now + Self.patience
    while process.isRunning, ContinuousClock.now < deadline { usleep(5000) }
  }

  private func waitUntilHealthy() async throws {
    try await wait("etcd was not healthy") {
      guard FileManager.default.fileExists(atPath: "\(directory.path)/\(EtcdClient.socket)") else { return false }
      return try await client.isHealthy
    }
  }

  private func wait(_ failure: String, until condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + Self.patience
    while try await !condition() {
      guard ContinuousClock.now < deadline else {
        throw ChildProcessFailure("\(failure) within \(Self.patience)")
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// The end of what etcd wrote to its log.
  private var log: String {
    let bytes = (try? Data(contentsOf: URL(filePath: "\(directory.path)/log"))) ?? Data()
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(30).joined(separator: "\n")
  }
}
