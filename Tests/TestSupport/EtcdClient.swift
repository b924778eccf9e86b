import Foundation

/// `etcdctl`, as one user of one server.
public struct EtcdClient: Sendable {
  /// The file of the socket on which the server listens, in its directory.
  static let socket = "client:0"
  /// The socket's address, for programs that run in that directory.
  static let endpoint = "unix://\(socket)"

  /// The tests' own environment without anything that is meant for another etcd. The programs of etcd up to 3.4 want to
  /// be asked before they run on arm64.
  static let environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ETCD") }
    .merging(["ETCDCTL_API": "3", "ETCD_UNSUPPORTED_ARCH": "arm64"]) { $1 }

  private let directory: String
  private let user: [String]

  /// A client of the server that runs in `directory`.
  init(directory: String, user: [String] = []) {
    self.directory = directory
    self.user = user
  }

  /// The same client with a name and a password.
  public func user(_ name: String, password: String) -> EtcdClient {
    EtcdClient(directory: directory, user: ["--user", "\(name):\(password)"])
  }

  // MARK: Calls

  /// Calls `etcdctl` and answers what it wrote to standard output.
  ///
  /// Throws when it fails, with what it says, or takes too long.
  @discardableResult
  public func call(_ arguments: String..., input: [UInt8] = []) async throws -> [UInt8] {
    let call = try await etcdctl(arguments, input: input)
    guard call.status == 0 else {
      throw ChildProcessFailure(
        "etcdctl \(arguments.joined(separator: " ")): status \(call.status)", says: call.errors)
    }
    return call.output
  }

  /// Whether the server takes requests.
  var isHealthy: Bool {
    get async throws { try await etcdctl(["endpoint", "health"]).status == 0 }
  }

  /// Runs `line` as an operator would who pasted it into a shell: `etcdctl` finds the server by its environment, and
  /// programs are looked for in `directories` first.
  public func shell(_ line: String, _ directories: [String] = []) async throws -> ChildProcess {
    var environment = Self.environment
    environment["ETCDCTL_ENDPOINTS"] = Self.endpoint
    environment["PATH"] = (directories + [environment["PATH"] ?? ""]).joined(separator: ":")
    return try await ChildProcess(["/bin/sh", "-c", line], in: directory, environment: environment)
  }

  private func etcdctl(_ arguments: [String], input: [UInt8] = []) async throws -> ChildProcess {
    let options = ["--endpoints", Self.endpoint, "--command-timeout", "20s", "--dial-timeout", "20s"] + user
    return try await ChildProcess(
      ["etcdctl"] + options + arguments, in: directory, input: input, environment: Self.environment)
  }

  // MARK: Writing

  /// Carries out `operations`, one request each.
  public func apply(_ operations: EtcdWriter.Operation...) async throws { try await apply(operations) }

  /// Carries out `operations`, one request each.
  public func apply(_ operations: [EtcdWriter.Operation]) async throws {
    for operation in operations {
      switch operation {
      case .put, .delete: try await commit([operation])
      case .transaction(let changes): try await commit(changes)
      case .compact(let revision, finished: true): try await call("compact", "--physical", "\(revision)")
      case .compact: preconditionFailure("etcd finishes what it begins")
      }
    }
  }

  /// Stores `value`, which is not empty, under a key that is text: both reach etcdctl as they are.
  public func put(_ key: String, _ value: [UInt8]) async throws {
    try await call("put", "--", key, input: value)
  }

  /// Makes all changes under one main revision. etcd refuses more than one to a key.
  private func commit(_ changes: [EtcdWriter.Operation]) async throws {
    // Conditions, requests if they hold, requests if not; an empty line ends each (etcdctl: txn_command.go).
    var input: [UInt8] = [UInt8(ascii: "\n")]
    for change in changes {
      switch change {
      case .put(let key, let value, let lease):
        input += "put --lease=\(String(lease, radix: 16)) -- ".utf8
        input += Self.quoted(key) + [UInt8(ascii: " ")] + Self.quoted(value)
      case .delete(let key):
        input += "del -- ".utf8
        input += Self.quoted(key)
      case .transaction, .compact: preconditionFailure("a transaction holds puts and deletions")
      }
      input.append(UInt8(ascii: "\n"))
    }
    try await call("txn", input: input + "\n\n".utf8)
  }

  /// A string of Go's syntax that stands for any bytes.
  private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = [UInt8(ascii: "\"")]
    for byte in bytes {
      if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        text.append(byte)
      } else {
        text += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return text + [UInt8(ascii: "\"")]
  }

  /// Makes a lease that outlives the test; answers its id.
  public func grantLease() async throws -> Int64 {
    struct Lease: Decodable {
      let id: Int64
      private enum CodingKeys: String, CodingKey { case id = "ID" }
    }
    return try JSONDecoder().decode(Lease.self, from: Data(await call("lease", "grant", "3600", "-w", "json"))).id
  }

  /// Rewrites the database without its free pages.
  public func defragment() async throws { try await call("defrag") }

  // MARK: Reading

  /// Every key there is, or was at a main revision.
  public func state(at revision: Int64 = 0) async throws -> EtcdState {
    try EtcdState(printed: await call("get", "", "--prefix", "--rev", "\(revision)", "-w", "json"))
  }

  /// Saves a snapshot in the server's directory; answers its path.
  public func saveSnapshot(_ name: String = "snapshot.db") async throws -> String {
    try await call("snapshot", "save", name)
    return "\(directory)/\(name)"
  }

  /// Whether `etcdctl` is of etcd 3.5 or earlier: 3.6 moved the command to `etcdutl`.
  public static var hasSnapshotStatus: Bool {
    get async throws {
      let call = try await ChildProcess(["etcdctl", "snapshot", "--help"], in: "/", environment: environment)
      return String(decoding: call.output, as: UTF8.self).contains("status")
    }
  }

  /// What `etcdctl snapshot status` says of the file at `path`: its members are `hash`, `revision`, `totalKey` and
  /// `totalSize`.
  public static func snapshotStatus(of path: String) async throws -> JSONValue {
    let command = ["etcdctl", "snapshot", "status", path, "-w", "json"]
    let call = try await ChildProcess(command, in: "/", environment: environment)
    guard call.status == 0 else {
      throw ChildProcessFailure("\(command.joined(separator: " ")): status \(call.status)", says: call.errors)
    }
    return try JSONValue(parsing: String(decoding: call.output, as: UTF8.self))
  }
}
