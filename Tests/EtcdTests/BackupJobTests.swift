import Foundation
import TestSupport
import Testing

/// The backup job in `samples/recipes` takes, verifies and files snapshots of a real etcd.
@Suite("The backup job", .etcd, .timeLimit(.minutes(20)))
struct BackupJobTests {
  private static let job = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "samples/recipes/backup-job").path(percentEncoded: false)

  private static let metric = "atrest-backup.prom"

  /// Runs the job beside `etcd`, with `setting` before it; answers how it ended.
  private static func run(_ etcd: EtcdServer, _ setting: String = "") async throws -> ChildProcess {
    let programs = try BuiltProgram.url("atrest").deletingLastPathComponent().path(percentEncoded: false)
    let line = "mkdir -p metrics && \(setting) BACKUPS=$PWD/backups METRICS=$PWD/metrics '\(job)'"
    return try await etcd.client.shell(line, ["\(etcd.path)/bin", programs])
  }

  /// The files below the directory of the backups.
  private static func files(_ etcd: EtcdServer) throws -> [String] {
    let backups = "\(etcd.path)/backups"
    return try FileManager.default.subpathsOfDirectory(atPath: backups).filter { $0.contains(".") }.sorted()
  }

  private static func text(_ etcd: EtcdServer, _ name: String) throws -> String {
    try String(contentsOfFile: "\(etcd.path)/\(name)", encoding: .utf8)
  }

  @Test(
    "Files a snapshot by its verdict, and leaves the metric",
    arguments: [(AdvisedCluster.Writer.encrypting, "encrypted", Int32(0), "pass"), (.identity, "exposed", 1, "fail")])
  func files(writer: AdvisedCluster.Writer, folder: String, status: Int32, verdict: String) async throws {
    try await EtcdServer.run { etcd in
      var cluster = try await AdvisedCluster(etcd, secrets: ["db", "api"], writer: writer)
      try await cluster.write(["db", "api"])
      let run = try await Self.run(etcd)
      #expect(run.status == status, "\(run.errors)")
      let files = try Self.files(etcd)
      #expect(files.count == 2)
      #expect(files.allSatisfy { $0.wholeMatch(of: /([a-z]+)\/\d{8}T\d{6}Z\.(db|json)/)?.1 == Substring(folder) })
      let snapshot = try #require(files.first { $0.hasSuffix(".db") })
      #expect(String(decoding: run.output, as: UTF8.self).hasSuffix("\(etcd.path)/backups/\(snapshot)\n"))
      let name = try #require(files.first { $0.hasSuffix(".json") })
      let report = try JSONValue(parsing: Self.text(etcd, "backups/\(name)"))
      #expect(report["verdict"] == .string(verdict))
      #expect(try Self.text(etcd, "metrics/\(Self.metric)").contains("atrest_run_verdict{verdict=\"\(verdict)\"} 1\n"))
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(etcd.path)/backups/\(snapshot)")
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }
  }

  @Test("Sets a damaged snapshot apart")
  func damaged() async throws {
    try await EtcdServer.run { etcd in
      try await etcd.client.put("/registry/secrets/default/db", StoredSecret.plaintext(name: "db", dataKeys: ["a"]))
      let programs = URL(filePath: etcd.path).appending(path: "bin")
      try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
      // A disk that is full in the middle, and a program that does not notice.
      let etcdctl = """
        #!/bin/sh
        PATH=${PATH#*:}
        etcdctl "$@" && truncate -s 9000 "$3"
        """
      try Data(etcdctl.utf8).write(to: programs.appending(path: "etcdctl"))
      #expect(unsafe chmod("\(etcd.path)/bin/etcdctl", 0o755) == 0)
      let run = try await Self.run(etcd)
      #expect(run.status == 3, "\(run.errors)")
      #expect(try Self.files(etcd).allSatisfy { $0.hasPrefix("unusable/") })
      #expect(try Self.text(etcd, "metrics/\(Self.metric)").contains("atrest_run_verdict{verdict=\"error\"} 1\n"))
    }
  }

  @Test("Files a snapshot by its verdict also where the metric can't be written", arguments: ["ln -s other", "mkdir"])
  func withoutMetric(command: String) async throws {
    try await EtcdServer.run { etcd in
      try await etcd.client.put("/registry/secrets/default/db", StoredSecret.plaintext(name: "db", dataKeys: ["a"]))
      let run = try await Self.run(etcd, "\(command) metrics/\(Self.metric) &&")
      #expect(run.status == 2, "\(run.errors)")
      let files = try Self.files(etcd)
      #expect(files.count == 2 && files.allSatisfy { $0.hasPrefix("exposed/") }, "\(files)")
      #expect(!FileManager.default.fileExists(atPath: "\(etcd.path)/metrics/other"))
    }
  }

  @Test("Leaves nothing behind where no snapshot could be taken")
  func unreachable() async throws {
    try await EtcdServer.run { etcd in
      let nowhere = "ETCDCTL_ENDPOINTS=unix://nobody:0 ETCDCTL_DIAL_TIMEOUT=1s ETCDCTL_COMMAND_TIMEOUT=1s"
      let run = try await Self.run(etcd, nowhere)
      #expect(run.status != 0)
      #expect(try Self.files(etcd) == [])
      #expect(!FileManager.default.fileExists(atPath: "\(etcd.path)/metrics/\(Self.metric)"))
    }
  }
}
