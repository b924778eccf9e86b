import Foundation
import TestSupport
import Testing

/// What can be copied from `samples/recipes` works as it stands.
@Suite("Recipes")
struct RecipeTests {
  private static let directory = Program.repository.appending(path: "samples/recipes")

  private static func path(_ name: String) -> String { directory.appending(path: name).path(percentEncoded: false) }

  private static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  private static func documents(_ name: String) throws -> [[String: Any]] {
    try Manifest.documents(in: directory.appending(path: name))
  }

  @Test func `every file is told of in samples/README.md`() throws {
    let names =
      FileManager.default.enumerator(atPath: Self.directory.path(percentEncoded: false))?
      .compactMap { $0 as? String }.filter { !Self.path($0).isDirectory } ?? []
    #expect(names.count > 10)
    let document = Document("samples/README.md").text
    for name in names { #expect(document.contains("](recipes/\(name))"), "\(name)") }
  }

  @Test(.needs(.shellcheck))
  func `shellcheck has nothing to say about scripts`() async throws {
    let names = [
      "bench", "demo", "fleet-test", "fuzz", "install", "instructions", "package", "packaging/build-information",
      "packaging/test", "sanitize", "setup", "test",
    ]
    let scripts =
      names
      .map { Program.repository.appending(path: "scripts/\($0)").path(percentEncoded: false) }
    let call = try await Call.shell("shellcheck \"$@\"", scripts + [Self.path("backup-job")])
    #expect(call.output == "")
    #expect(call.status == 0)
  }

  @Test(.needs(.systemdAnalyze))
  func `systemd accepts the service and the timer`() async throws {
    let scratch = try Scratch()
    let job = Self.path("backup-job")
    let service = try Self.text("systemd/etcd-backup.service").replacing("/usr/local/lib/atrest/backup-job", with: job)
    #expect(service.contains("ExecStart=\(job)\n"))
    try scratch.file("etcd-backup.service", Data(service.utf8))
    try scratch.file("etcd-backup.timer", Data(try Self.text("systemd/etcd-backup.timer").utf8))
    let call = try await Call.shell(
      "cd \"$1\" && systemd-analyze verify --man=no ./etcd-backup.service ./etcd-backup.timer", [scratch.path])
    #expect(call.status == 0)
    #expect(call.errors == "")
  }

  @Test(.needs(.promtool))
  func `Prometheus accepts the rules, and they raise what they should`() async throws {
    for command in ["check rules alert-rules.yaml", "test rules alert-rules-test.yaml"] {
      let call = try await Call.shell("cd \"$1\" && promtool \(command)", [Self.path("prometheus")])
      #expect(call.status == 0, "\(call.output)\(call.errors)")
    }
  }

  @Test func `the operator gets the same rules`() throws {
    let rules = try #require(try Self.documents("prometheus/alert-rules.yaml").first)
    let rule = try #require(try Self.documents("kubernetes/prometheus-rule.yaml").first)
    #expect(rule["kind"] as? String == "PrometheusRule")
    let given = try #require(try Manifest.value(rule, "spec") as? [String: Any])
    #expect(try Manifest.text(given) == Manifest.text(rules))
  }

  @Test func `the rules ask for metrics that there are`() async throws {
    let scratch = try Scratch()
    let report = try await Call.atrest(
      "verify", "-q", "--report", "prometheus=\(scratch.path)/atrest.prom", Sample.mixed.path)
    #expect(report.status == 1)
    let metrics = try scratch.text("atrest.prom")
    let asked = try Self.text("prometheus/alert-rules.yaml").matches(of: /atrest_[a-z_]+(?:\{[^}]*\})?/).map(\.output)
    #expect(asked.count > 3)
    for name in asked { #expect(metrics.contains("\n\(name) "), "\(name)") }
  }

  @Test func `the CronJob calls atrest rightly, and mounts what it reads and writes`() async throws {
    let documents = try Self.documents("kubernetes/cronjob.yaml")
    #expect(documents.compactMap { $0["kind"] as? String } == ["Namespace", "CronJob", "NetworkPolicy"])
    let pod = try Manifest.value(documents[1], "spec/jobTemplate/spec/template/spec")
    let container = try Manifest.value(pod, "containers/0")
    let command = try #require(try Manifest.value(container, "command") as? [String])
    let arguments = try #require(try Manifest.value(container, "args") as? [String])
    #expect(command == ["atrest"])
    let mounts = try #require(try Manifest.value(container, "volumeMounts") as? [[String: Any]])
    let volumes = try #require(try Manifest.value(pod, "volumes") as? [[String: Any]])
    #expect(Set(mounts.compactMap { $0["name"] as? String }) == Set(volumes.compactMap { $0["name"] as? String }))
    #expect(mounts.compactMap { $0["mountPath"] as? String } == ["/backups", "/metrics"])
    let scratch = try Scratch()
    try scratch.file("backups/backup.db", Sample.clean.bytes)
    try scratch.file("backups/notes.txt", Data("notes".utf8))
    try FileManager.default.createDirectory(
      at: scratch.directory.appending(path: "metrics"), withIntermediateDirectories: false)
    let call = try await Call.atrest(
      arguments.map {
        $0.replacing("/metrics", with: "\(scratch.path)/metrics").replacing("/backups", with: "\(scratch.path)/backups")
      })
    #expect(call.status == 0, "\(call.output)\(call.errors)")
    #expect(try scratch.text("metrics/atrest-cronjob.prom").contains("atrest_run_verdict{verdict=\"pass\"} 1\n"))
  }

  @Test func `no two recipes write the same file of metrics`() throws {
    let names = try ["backup-job", "kubernetes/cronjob.yaml"].flatMap {
      try Self.text($0).matches(of: /[a-z-]+\.prom\b/)
    }
    .map(\.output)
    #expect(names.count == 2 && Set(names).count == 2, "\(names)")
  }

  /// A workflow's or pipeline's line that calls `atrest`, what it writes, and what is uploaded of that.
  private static func ciCall(_ name: String) throws -> (line: String, written: [String], uploaded: [String]) {
    let document = try #require(try documents(name).first)
    if name.hasSuffix("github-actions.yaml") {
      let steps = try Manifest.value(document, "jobs/verify/steps")
      let line = try #require(try Manifest.value(steps, "0/run") as? String)
      let file = try #require(try Manifest.value(steps, "1/with/sarif_file") as? String)
      #expect(
        (try Manifest.value(steps, "1/uses") as? String)?.hasPrefix("github/codeql-action/upload-sarif@v") == true)
      #expect(try Manifest.value(document, "permissions/security-events") as? String == "write")
      return (line, ["atrest.sarif"], [file])
    }
    let job = try Manifest.value(document, "verify-etcd-backups")
    let line = try #require(try Manifest.value(job, "script/0") as? String)
    let junit = try #require(try Manifest.value(job, "artifacts/reports/junit") as? String)
    let paths = try #require(try Manifest.value(job, "artifacts/paths") as? [String])
    #expect(try Manifest.value(job, "artifacts/when") as? String == "always")
    return (line, ["atrest.xml", "atrest.html"], [junit] + paths)
  }

  @Test(arguments: ["ci/github-actions.yaml", "ci/gitlab-ci.yml"], [Sample.clean, .mixed])
  func `a pipeline's call works, and what it uploads is there, whatever the verdict`(
    name: String, sample: Sample
  ) async throws {
    let call = try Self.ciCall(name)
    #expect(call.uploaded == call.written)
    let scratch = try Scratch()
    let line = call.line.replacing("/var/backups/etcd/latest.db", with: "'\(sample.path)'")
    #expect(line != call.line)
    let run = try await Call.shell("cd \"$1\" && atrest() { \"$0\" \"$@\"; } && \(line)", [scratch.path])
    #expect(run.status == (sample.name == Sample.clean.name ? 0 : 1), "\(run.output)\(run.errors)")
    for file in call.written { #expect(try !scratch.text(file).isEmpty) }
  }
}

extension String {
  fileprivate var isDirectory: Bool {
    var isDirectory: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: self, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
