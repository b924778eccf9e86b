import Foundation
import TestSupport
import Testing

/// What `samples/fleet` holds works with this program. `scripts/fleet-test` runs it on Spark and against S3.
@Suite("The fleet")
struct FleetTests {
  private static let directory = Program.repository.appending(path: "samples/fleet")

  private static func file(_ name: String) -> URL { directory.appending(path: name) }

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: file(name), encoding: .utf8)
  }

  private static func names(in folder: String = "", _ ending: String) throws -> [String] {
    let path = file(folder).path(percentEncoded: false)
    return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(ending) }.sorted()
  }

  @Test func `its README tells of every file and question`() throws {
    let links = Document("samples/fleet/README.md").fileLinks
    for name in try Self.names("") where !["README.md", "__pycache__"].contains(name) {
      #expect(links.contains(name), "\(name)")
    }
    let questions = try Self.names(in: "questions", ".sql")
    #expect(questions.count == 10)
    for name in questions { #expect(links.contains("questions/\(name)"), "\(name)") }
  }

  @Test func `its README tells of every column`() throws {
    let columns = try Self.text("snapshots.py").matches(
      of: /"([a-z_0-9]+)": "(?:string|int|bigint|double|boolean|timestamp)"/
    )
    .map { String($0.output.1) }
    #expect(columns.count > 40)
    let text = try Self.text("README.md")
    for column in columns { #expect(text.contains("`\(column)`"), "\(column)") }
  }

  @Test func `Python can read every script`() async throws {
    let scripts = try Self.names(".py") + Self.names(in: "tests", ".py").map { "tests/\($0)" }
    #expect(scripts.count > 8)
    let paths = scripts.map { Self.file($0).path(percentEncoded: false) }
    let call = try await Call.shell(
      "python3 -c 'import ast, sys; [ast.parse(open(name).read(), name) for name in sys.argv[1:]]' \"$@\"", paths)
    #expect(call.status == 0, "\(call.errors)")
  }

  @Test func `each index of a Job verifies its share, and says what it found`() async throws {
    let scratch = try Scratch()
    let samples = [Sample.clean, .plain, .mixed, .rotated, .tampered]
    for sample in samples { try scratch.file("backups/prod/\(sample.name).db", sample.bytes) }
    try scratch.file("backups/prod/cut.db", Sample.mixed.bytes.prefix(800_000))
    let statuses = ["cut.db": 3].merging(
      samples.map { ("\($0.name).db", [Sample.clean.name, Sample.rotated.name].contains($0.name) ? 0 : 1) }
    ) { status, _ in status }
    var told: [String] = []
    for index in 0..<3 {
      let call = try await Self.shard(index, of: 3, "\(scratch.path)/backups", "\(scratch.path)/results")
      let names = call.lines.map { String($0.split(separator: "/").last ?? "") }
      #expect(Int(call.status) == names.compactMap { statuses[$0] }.max() ?? 0, "\(call.output)\(call.errors)")
      told += names
    }
    #expect(told.sorted() == statuses.keys.sorted())
    let results = try await Call.shell("cd \"$1/results/prod\" && cat *.ndjson", [scratch.path])
    let verdicts = try results.jsonLines().filter { $0["table"] == .string("verdicts") }
    #expect(verdicts.count == statuses.count)
    for verdict in verdicts {
      #expect(verdict["via"] == .string(verdict["status"] == .number(3) ? "file" : "pipe"))
      #expect(verdict["cluster"] == .string("prod"))
    }
  }

  @Test func `a wrong call of an index ends in 2`() async throws {
    let scratch = try Scratch()
    try scratch.file("backups/prod/backup.db", Sample.clean.bytes)
    let call = try await Self.shard(
      0, of: 1, "\(scratch.path)/backups", "\(scratch.path)/results", ["--fail-on", "sometimes"])
    #expect(call.status == 2)
    #expect(call.errors.contains("sometimes"))
  }

  private static func shard(
    _ index: Int, of shards: Int, _ place: String, _ results: String, _ options: [String] = []
  ) async throws -> Call {
    try await Call.shell(
      """
      export PYTHONDONTWRITEBYTECODE=1 JOB_COMPLETION_INDEX=\(index) SHARDS=\(shards) ATREST="$1"; shift
      exec python3 "$@"
      """,
      [
        Program.atrest.path(percentEncoded: false), file("shard.py").path(percentEncoded: false), place, results, "--",
      ] + options)
  }

  // MARK: Manifests

  private static func manifest(_ name: String) throws -> [String: Any] {
    try #require(try Manifest.documents(in: file("kubernetes/\(name).yaml")).last)
  }

  @Test func `the CronJob runs what the Job runs`() throws {
    let job = try Manifest.value(Self.manifest("job"), "spec")
    let nightly = try Manifest.value(Self.manifest("cronjob"), "spec/jobTemplate/spec")
    #expect(try Manifest.text(job) == Manifest.text(nightly))
  }

  @Test func `findings and damage fail an index, and a wrong call fails the Job`() throws {
    let spec = try Manifest.value(Self.manifest("job"), "spec")
    #expect(try Manifest.value(spec, "completionMode") as? String == "Indexed")
    #expect(try Manifest.value(spec, "backoffLimitPerIndex") as? Int == 3)
    let rules = try #require(try Manifest.value(spec, "podFailurePolicy/rules") as? [[String: Any]])
    var actions: [Int: String] = [:]
    for rule in rules {
      guard let codes = rule["onExitCodes"] as? [String: Any] else { continue }
      #expect(codes["operator"] as? String == "In")
      for code in try #require(codes["values"] as? [Int]) { actions[code] = rule["action"] as? String }
    }
    #expect(actions == [1: "FailIndex", 3: "FailIndex", 2: "FailJob"])
    let environment = try #require(
      try Manifest.value(spec, "template/spec/containers/0/env") as? [[String: String]])
    let shards = environment.first { $0["name"] == "SHARDS" }?["value"]
    #expect(try shards == "\(#require(try Manifest.value(spec, "completions") as? Int))")
  }

  @Test func `a pod has no more than it needs`() throws {
    let pod = try Manifest.value(Self.manifest("job"), "spec/template/spec")
    #expect(try Manifest.value(pod, "automountServiceAccountToken") as? Bool == false)
    #expect(try Manifest.value(pod, "securityContext/runAsNonRoot") as? Bool == true)
    #expect(try Manifest.value(pod, "securityContext/seccompProfile/type") as? String == "RuntimeDefault")
    let container = try Manifest.value(pod, "containers/0")
    let security = try Manifest.value(container, "securityContext")
    #expect(try Manifest.value(security, "readOnlyRootFilesystem") as? Bool == true)
    #expect(try Manifest.value(security, "allowPrivilegeEscalation") as? Bool == false)
    #expect(try Manifest.value(security, "capabilities/drop") as? [String] == ["ALL"])
    #expect(try Manifest.value(container, "resources/limits/memory") as? String == "512Mi")
    let mounts = try #require(try Manifest.value(container, "volumeMounts") as? [[String: Any]])
    let volumes = try #require(try Manifest.value(pod, "volumes") as? [[String: Any]])
    #expect(Set(mounts.compactMap { $0["name"] as? String }) == Set(volumes.compactMap { $0["name"] as? String }))
    #expect(mounts.filter { $0["readOnly"] as? Bool != true }.compactMap { $0["mountPath"] as? String } == ["/tmp"])
  }

  @Test func `the ConfigMap holds the script that the Job runs, and all it imports`() throws {
    let kustomization = try #require(try Manifest.documents(in: Self.file("kustomization.yaml")).first)
    let files = try #require(try Manifest.value(kustomization, "configMapGenerator/0/files") as? [String])
    let container = try Manifest.value(Self.manifest("job"), "spec/template/spec/containers/0")
    let command = try #require(try Manifest.value(container, "command") as? [String])
    #expect(command == ["python3", "/fleet/\(files[0])"])
    let modules = Set(try Self.names(".py").map { String($0.dropLast(3)) })
    for name in files {
      for line in try Self.text(name).matches(of: /\nimport ([a-z]+)/) where modules.contains(String(line.output.1)) {
        #expect(files.contains("\(line.output.1).py"), "\(name) imports \(line.output.1)")
      }
    }
    for name in try #require(try Manifest.value(kustomization, "resources") as? [String]) {
      #expect(try !Manifest.documents(in: Self.file(name)).isEmpty)
    }
  }
}
