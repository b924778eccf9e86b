import Foundation
import Testing
import Yams

/// The action of GitHub and the manifest of krew install what has the digest that they name, and nothing else.
/// `scripts/package test` tests the packages themselves.
@Suite("Packaging")
struct PackagingTests {
  private static func mapping(_ path: String) throws -> [String: Any] {
    try #require(try Yams.load(yaml: Document(path).text) as? [String: Any])
  }

  private static func action() throws -> [String: Any] { try mapping(".github/actions/atrest/action.yml") }

  private static func steps() throws -> [[String: Any]] {
    let runs = try #require(try action()["runs"] as? [String: Any])
    #expect(runs["using"] as? String == "composite")
    return try #require(runs["steps"] as? [[String: Any]])
  }

  /// A directory with a tarball, laid out as that of `scripts/package`, and the SHA-256 of it.
  private static func tarball() async throws -> (scratch: Scratch, digest: String) {
    let scratch = try Scratch()
    let call = try await Call.shell(
      """
      cd "$1" && mkdir runner atrest-0.1.0-linux-amd64 && cp "$0" atrest-0.1.0-linux-amd64/atrest &&
      tar -czf atrest.tar.gz atrest-0.1.0-linux-amd64 && sha256sum atrest.tar.gz
      """, [scratch.path])
    return (scratch, try #require(call.output.split(separator: " ").first.map(String.init)))
  }

  /// Runs a step of the action as a runner does: its script in a file, bash ending at the first failure.
  private static func run(_ step: Int, in scratch: Scratch, _ variables: [String: String]) async throws -> Call {
    let step = try steps()[step]
    #expect(step["shell"] as? String == "bash")
    let names = try #require(step["env"] as? [String: String])
    #expect(Set(names.keys) == Set(variables.keys))
    try scratch.file("step", Data(try #require(step["run"] as? String).utf8))
    let settings = variables.map { "\($0.key)=\($0.value)" }
    return try await Call.shell(
      """
      cd "$1" && export RUNNER_TEMP="$1/runner" GITHUB_PATH="$1/path" GITHUB_OUTPUT="$1/outputs" && shift &&
      PATH=$(cat "$GITHUB_PATH" 2>/dev/null || true):$PATH exec env "$@" bash --noprofile --norc -eo pipefail step
      """, [scratch.path] + settings)
  }

  @Test func `the action describes its inputs, and its scripts get them as variables alone`() throws {
    let action = try Self.action()
    for key in ["name", "description"] { #expect((action[key] as? String)?.isEmpty == false) }
    let inputs = try #require(action["inputs"] as? [String: [String: Any]])
    #expect(inputs.filter { $0.value["required"] as? Bool == true }.keys.sorted() == ["sha256", "url"])
    #expect(inputs.values.allSatisfy { ($0["description"] as? String)?.isEmpty == false })
    let steps = try Self.steps()
    // An expression in a script would let its value be a piece of the script.
    for script in steps.compactMap({ $0["run"] as? String }) { #expect(!script.contains("${{")) }
    let text = Document(".github/actions/atrest/action.yml").text
    let used = Set(text.matches(of: /inputs\.([a-z0-9]+)/).map { String($0.output.1) })
    #expect(used == Set(inputs.keys))
  }

  @Test(.needs(.curl), .needs(.bash))
  func `the action installs the tarball of the digest, and its verdict is that of the program`() async throws {
    let (scratch, digest) = try await Self.tarball()
    let url = "file://\(scratch.path)/atrest.tar.gz"
    let installed = try await Self.run(0, in: scratch, ["ATREST_URL": url, "ATREST_SHA256": digest])
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(installed.output.hasPrefix("atrest "))
    let sample = Sample.mixed
    let verified = try await Self.run(
      1, in: scratch, ["ATREST_SNAPSHOT": sample.path, "ATREST_ARGUMENTS": "--redact\n\n--layers=live\n"])
    #expect(verified.status == 1, "\(verified.errors)")
    let output = try scratch.text("outputs")
    let path = try #require(output.firstMatch(of: /sarif=(.+)\n/)?.output.1)
    #expect(try String(contentsOfFile: String(path), encoding: .utf8).contains("\"runs\""))
  }

  @Test(.needs(.curl), .needs(.bash), arguments: [String(repeating: "0", count: 64), "", "0"])
  func `the action installs nothing of another digest`(digest: String) async throws {
    let (scratch, _) = try await Self.tarball()
    let url = "file://\(scratch.path)/atrest.tar.gz"
    let call = try await Self.run(0, in: scratch, ["ATREST_URL": url, "ATREST_SHA256": digest])
    #expect(call.status != 0)
    #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/path"))
    #expect(!call.output.contains("atrest "))
  }

  @Test func `krew's manifest has all that krew asks for`() throws {
    let manifest = try Self.mapping("scripts/packaging/krew.yaml")
    #expect(manifest["apiVersion"] as? String == "krew.googlecontainertools.github.com/v1alpha2")
    #expect(manifest["kind"] as? String == "Plugin")
    let metadata = try #require(manifest["metadata"] as? [String: Any])
    #expect(metadata["name"] as? String == "atrest")
    let spec = try #require(manifest["spec"] as? [String: Any])
    // krew: at most 50 characters, one line.
    let short = try #require(spec["shortDescription"] as? String)
    #expect((1...50).contains(short.count))
    #expect((spec["version"] as? String)?.hasPrefix("v") == true)
    let platforms = try #require(spec["platforms"] as? [[String: Any]])
    for platform in platforms {
      #expect(Set(platform.keys) == ["selector", "uri", "sha256", "bin", "files"])
      let files = try #require(platform["files"] as? [[String: String]])
      #expect(files.allSatisfy { Set($0.keys) == ["from", "to"] })
      #expect(files.contains { $0["from"]?.hasSuffix("/\(platform["bin"] as? String ?? "")") == true })
    }
    #expect(platforms.count == 1)
  }

  @Test(arguments: [
    (["--frobnicate"], "unknown argument '--frobnicate'"), (["--output"], "--output needs a value"),
    (["--url", ""], "--url needs a value"), (["test", "deb"], "test takes no further arguments"),
  ])
  func `a wrong call of scripts/package ends in 2`(arguments: [String], sentence: String) async throws {
    let script = Program.repository.appending(path: "scripts/package").path(percentEncoded: false)
    let call = try await Call.shell("exec \"$@\"", [script] + arguments)
    #expect(call.status == 2)
    #expect(call.errors.hasPrefix("package: \(sentence)"))
  }
}
