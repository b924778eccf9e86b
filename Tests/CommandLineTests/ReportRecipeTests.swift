import Foundation
import TestSupport
import Testing

/// What `jq` makes of a report for other programs has the form that these demand.
@Suite("Recipes that turn a report into another format", .needs(.jq))
struct ReportRecipeTests {
  private static let samples = [Sample.clean, .plain, .mixed, .rotated, .tampered]

  /// What the recipe `name` makes of the JSON report on `inputs`, a document a line.
  private func recipe(_ name: String, of inputs: [String], _ arguments: [String] = []) async throws -> [JSONValue] {
    try await text(name, of: inputs, arguments).jsonLines()
  }

  /// The same as it was printed.
  private func text(_ name: String, of inputs: [String], _ arguments: [String] = []) async throws -> Call {
    let file = Program.repository.appending(path: "samples/recipes/jq/\(name).jq").path(percentEncoded: false)
    let script = "report=$1 file=$2; shift 2; jq --compact-output \"$@\" -f \"$file\" \"$report\""
    let scratch = try Scratch()
    let report = try scratch.path("report.json", Data(try await report(on: inputs).output.utf8))
    let call = try await Call.shell(script, [report, file] + arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    return call
  }

  private func report(on inputs: [String]) async throws -> Call {
    try await Call.atrest(["verify", "--format", "json"] + inputs)
  }

  @Test(arguments: samples)
  func `OSCAL assessment results`(sample: Sample) async throws {
    let call = try await text("oscal", of: [sample.path], ["--arg", "plan", "plan.json"])
    let document = try call.json()
    #expect(try JSONSchema.of(.oscal).violations(in: document) == [])
    let results = try #require(document["assessment-results"])
    #expect(results["import-ap"]?["href"] == .string("plan.json"))
    let passes = try await Call.atrest("verify", sample.path).status == 0
    for finding in results["results"]?[0]?["findings"]?.elements ?? [] {
      #expect(finding["target"]?["status"]?["state"] == .string(passes ? "satisfied" : "not-satisfied"))
    }
    // Each identifier has the form of a UUID, and stands for one thing.
    let identifiers = call.output.matches(of: /"uuid":"([^"]*)"/).map(\.output.1)
    #expect(Set(identifiers).count == identifiers.count)
    let form = /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}/
    for identifier in identifiers { #expect(identifier.wholeMatch(of: form) != nil, "\(identifier)") }
    for reference in call.output.matches(of: /"observation-uuid":"([^"]*)"/) {
      #expect(identifiers.contains(reference.output.1))
    }
  }

  @Test(arguments: samples)
  func `a ClusterReport of OpenReports`(sample: Sample) async throws {
    let documents = try await recipe("openreports", of: [sample.path], ["--arg", "cluster", "prod"])
    let document = try #require(documents.first)
    #expect(documents.count == 1)
    #expect(try JSONSchema.of(.openReports).violations(in: document) == [])
    #expect(document["metadata"]?["name"] == .string("atrest-prod"))
    let snapshot = try #require(try await report(on: [sample.path]).json()["snapshots"]?[0])
    let results = try #require(document["results"]?.elements)
    let findings = try #require(snapshot["findings"]?.elements?.count)
    #expect(results.count == findings + (snapshot["verdict"] == .string("pass") ? 1 : 0))
    for outcome in ["pass", "fail", "warn", "error", "skip"] {
      let count = results.count { $0["result"] == .string(outcome) }
      #expect(document["summary"]?[outcome] == .number(Double(count)))
    }
    #expect((document["summary"]?["fail"] == .number(0)) == (snapshot["verdict"] == .string("pass")))
  }

  @Test(arguments: samples)
  func `events of OCSF`(sample: Sample) async throws {
    let events = try await recipe("ocsf", of: [sample.path], ["--arg", "cluster", "prod"])
    let schema = try JSONSchema.of(.ocsf)
    for event in events { #expect(schema.violations(in: event) == []) }
    let snapshot = try #require(try await report(on: [sample.path]).json()["snapshots"]?[0])
    let passes = snapshot["verdict"] == .string("pass")
    #expect(events.count { $0["compliance"]?["status"] == .string("Pass") } == (passes ? 1 : 0))
    #expect(events.count == (snapshot["findings"]?.elements?.count ?? 0) + (passes ? 1 : 0))
  }

  @Test func `what is waived is told as such in each of them`() async throws {
    let policy = """
      version: 1
      waivers:
        - {rule: weak-provider, reason: to be replaced, acceptedBy: J. Doe, expires: 9999-12-31}
      """
    let scratch = try Scratch()
    let call = ["--policy", try scratch.path("policy.yaml", Data(policy.utf8)), Sample.clean.path]
    let oscal = try await text("oscal", of: call)
    #expect(try JSONSchema.of(.oscal).violations(in: oscal.json()) == [])
    #expect(oscal.output.contains("(low; 1 finding waived: to be replaced)"))
    let report = try #require(try await recipe("openreports", of: call).first)
    #expect(try JSONSchema.of(.openReports).violations(in: report) == [])
    #expect(report["summary"]?["skip"] == .number(1) && report["summary"]?["warn"] == .number(0))
    let events = try await recipe("ocsf", of: call)
    for event in events { #expect(try JSONSchema.of(.ocsf).violations(in: event) == []) }
    let suppressed = events.filter { $0["status"] == .string("Suppressed") }
    #expect(suppressed.map { $0["comment"] } == [.string("to be replaced")])
  }

  private static let waivers = """
    waivers:
      - {rule: plaintext-live, reason: known, acceptedBy: J. Doe, expires: 9999-12-31}
      - {rule: plaintext-history, reason: known, acceptedBy: J. Doe, expires: 9999-12-31}

    """

  /// Calls that pass although values are plaintext, and what the counts say then.
  static let tolerant: [(options: [String], sample: Sample, sentence: String)] = [
    (
      ["--fail-on", "never"], .mixed,
      "of 73 values in scope, 38 not encrypted; 39 findings tolerated by --fail-on never"
    ),
    (
      ["--policy", "%"], .mixed,
      "of 73 values in scope, 38 not encrypted; 1 finding tolerated by --fail-on high; 38 findings waived by the policy"
    ),
    (
      ["--layers", "live"], .rewritten,
      "of 70 values in scope, 38 not encrypted; 1 finding tolerated by --fail-on high; not examined: history, residue"
    ),
  ]

  @Test(arguments: tolerant)
  func `a verdict of pass is no proof where the counts say otherwise`(
    call: (options: [String], sample: Sample, sentence: String)
  ) async throws {
    let scratch = try Scratch()
    let policy = try scratch.path("policy.yaml", Data(Self.waivers.utf8))
    let words = call.options.map { $0 == "%" ? policy : $0 } + [call.sample.path]
    #expect(try await report(on: words).json()["verdict"] == .string("pass"))
    let events = try await recipe("ocsf", of: words)
    #expect(!events.contains { $0["compliance"]?["status"] == .string("Pass") })
    #expect(events.last?["message"] == .string(call.sentence))
    for event in events { #expect(try JSONSchema.of(.ocsf).violations(in: event) == []) }
    let reports = try #require(try await recipe("openreports", of: words).first)
    #expect(try JSONSchema.of(.openReports).violations(in: reports) == [])
    #expect(reports["summary"]?["pass"] == .number(0))
    #expect(reports["results"]?.elements?.contains { $0["message"] == .string(call.sentence) } == true)
    let oscal = try #require(try await recipe("oscal", of: words).first)
    #expect(try JSONSchema.of(.oscal).violations(in: oscal) == [])
    let status = oscal["assessment-results"]?["results"]?[0]?["findings"]?[0]?["target"]?["status"]
    #expect(status?["state"] == .string("not-satisfied"))
    #expect(status?["remarks"] == .string("tolerated: \(call.sentence)"))
  }

  @Test func `what was not examined is told where all that was is encrypted`() async throws {
    let words = ["--layers", "live,history", Sample.clean.path]
    let sentence = "every value in scope is encrypted; 1 finding tolerated by --fail-on high; not examined: residue"
    #expect(try await recipe("ocsf", of: words).last?["message"] == .string(sentence))
    let oscal = try await recipe("oscal", of: words).first
    let status = oscal?["assessment-results"]?["results"]?[0]?["findings"]?[0]?["target"]?["status"]
    #expect(status?["state"] == .string("satisfied") && status?["remarks"] == .string(sentence))
  }

  @Test(arguments: ["oscal", "openreports", "ocsf"], ["{\"a\": 1}", "[]", "{\"tool\": {\"name\": \"other\"}}"])
  func `what is no report of atrest is refused as such`(name: String, text: String) async throws {
    let file = Program.repository.appending(path: "samples/recipes/jq/\(name).jq").path(percentEncoded: false)
    let call = try await Call.shell("printf '%s' \"$2\" | jq -f \"$1\"", [file, text])
    #expect(call.status == 5 && call.output == "")
    #expect(call.errors.contains("this is no report of 'atrest verify --format json'"), "\(call.errors)")
  }

  @Test func `what can't be read is an error in each of them`() async throws {
    let scratch = try Scratch()
    let cut = try scratch.path("cut.db", Sample.mixed.bytes.prefix(800_000))
    let oscal = try await recipe("oscal", of: [cut, Sample.clean.path])
    #expect(try JSONSchema.of(.oscal).violations(in: try #require(oscal.first)) == [])
    let results = oscal.first?["assessment-results"]?["results"]
    let states = (0...1).map { results?[$0]?["findings"]?[0]?["target"]?["status"] }
    #expect(states[0]?["state"] == .string("not-satisfied") && states[0]?["reason"] == .string("other"))
    #expect(states[1]?["state"] == .string("satisfied"))
    let reports = try #require(try await recipe("openreports", of: [cut]).first)
    #expect(try JSONSchema.of(.openReports).violations(in: reports) == [])
    #expect(reports["summary"]?["pass"] == .number(0) && reports["summary"]?["error"] != .number(0))
    let events = try await recipe("ocsf", of: [cut])
    #expect(events.contains { $0["compliance"]?["status"] == .string("Warning") })
    for event in events { #expect(try JSONSchema.of(.ocsf).violations(in: event) == []) }
  }
}
