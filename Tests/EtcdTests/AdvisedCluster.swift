import Foundation
import TestSupport

/// A cluster whose operator does what reports advise: a real etcd, and a stand-in for `kubectl` that stores Secrets as an
/// API server would.
struct AdvisedCluster {
  /// How the API server writes: by the provider that comes first in its configuration.
  enum Writer: String {
    case identity
    case encrypting
  }

  /// One advised step, as JSON reports have it.
  struct Step {
    let kind: String
    let command: String?
    let state: String
  }

  /// What `atrest verify` says of one snapshot.
  struct Answer {
    let status: Int32
    let steps: [Step]
    let text: String
  }

  let etcd: EtcdServer
  private let names: [String]
  /// The next seed of sealed values: no two may share an IV.
  private var seed: UInt64 = 1

  /// Reads every Secret and writes it back, or creates one, as the API server's first provider has it. Objects that an
  /// API server reads are decrypted, whatever encrypted them, so the values that it writes depend on nothing else.
  private static let kubectl = #"""
    #!/bin/sh
    set -eu
    provider=$(cat provider)
    write() { etcdctl put -- "/registry/secrets/default/$1" < "values/$provider/${1%-[0-9]*}" > /dev/null; }
    case $1 in
    get) echo '{"kind":"List"}' ;;
    replace)
      grep -q List
      for key in $(etcdctl get /registry/secrets/ --prefix --keys-only); do write "${key##*/}"; done ;;
    create) write "$4" ;;
    *) exit 64 ;;
    esac
    """#

  /// The cluster on `etcd` with Secrets of these names, none of which is stored yet.
  init(_ etcd: EtcdServer, secrets names: [String], writer: Writer) async throws {
    self.etcd = etcd
    self.names = names
    try file("bin/kubectl", Array(Self.kubectl.utf8))
    guard chmod("\(etcd.path)/bin/kubectl", 0o755) == 0 else { throw FixtureError("kubectl can't be made executable") }
    try configure(writer)
    try sealAnew()
    for object in ["namespaces/default", "namespaces/kube-system"] {
      try await etcd.client.put(
        "/registry/\(object)", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))
    }
  }

  /// A text that stands in the plaintext of a Secret and nowhere else.
  static func canary(_ name: String) -> String { "canary-of-\(name)" }

  /// The API server's EncryptionConfiguration, in the directory of the cluster.
  static let configuration = "encryption-config.yaml"

  /// Puts a provider first in the API server's configuration.
  func configure(_ writer: Writer) throws {
    let key = Data(repeating: 7, count: 32).base64EncodedString()
    let secretbox = "  - secretbox: {keys: [{name: key1, secret: \(key)}]}\n"
    let identity = "  - identity: {}\n"
    let text = """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
      - resources: [secrets]
        providers:\n
      """
    let providers = writer == .identity ? identity + secretbox : secretbox + identity
    try file(Self.configuration, Array((text + providers).utf8))
    try file("provider", Array(writer.rawValue.utf8))
  }

  /// Makes new encrypted forms of all Secrets.
  private mutating func sealAnew() throws {
    for name in names + ["atrest-trial"] {
      try file("values/encrypting/\(name)", StoredSecret.sealed(.secretbox, "key1", seed: seed))
      try file(
        "values/identity/\(name)", StoredSecret.plaintext(name: name, dataKeys: ["password", Self.canary(name)]))
      seed += 1
    }
  }

  /// Lets the API server write Secrets.
  mutating func write(_ secrets: some Sequence<String>) async throws {
    for name in secrets { try await run("kubectl create secret generic \(name)") }
    try sealAnew()
  }

  /// Runs `line` in a shell; answers its exit status.
  @discardableResult
  func run(_ line: String) async throws -> Int32 {
    let programs = try BuiltProgram.url("atrest").deletingLastPathComponent().path(percentEncoded: false)
    let call = try await etcd.client.shell(line, ["\(etcd.path)/bin", programs])
    // A verdict is no failure of the command.
    guard call.status == 0 || line.contains("atrest") && call.status == 1 else {
      throw ChildProcessFailure("\(line): status \(call.status)", says: call.errors)
    }
    return call.status
  }

  /// What the built program says of the file `name` with `options`.
  func verify(_ name: String, _ options: [String]) async throws -> Answer {
    let atrest = try BuiltProgram.url("atrest").path(percentEncoded: false)
    func output(_ format: String) async throws -> (status: Int32, text: String) {
      let call = try await ChildProcess([atrest, "verify"] + options + ["--format", format, name], in: etcd.path)
      return (call.status, String(decoding: call.output, as: UTF8.self))
    }
    let (status, json) = try await output("json")
    let next = try JSONValue(parsing: json)["snapshots"]?[0]?["next"]
    let steps = (next?["steps"]?.elements ?? []).map {
      Step(kind: $0["kind"]?.string ?? "", command: $0["command"]?.string, state: $0["state"]?.string ?? "")
    }
    return Answer(status: status, steps: steps, text: try await output("text").text)
  }

  /// Does one step to the letter.
  mutating func follow(_ step: Step) async throws {
    if step.kind == "encrypting-provider", step.state != "done" { try configure(.encrypting) }
    guard let command = step.command else { return }
    try await run(command)
    try sealAnew()
  }

  /// How many Secrets are stored in the clear now.
  func plaintextSecrets() async throws -> Int {
    try await etcd.client.state().keys.count {
      $0.key.starts(with: "/registry/secrets/".utf8) && $0.value.starts(with: "k8s\0".utf8)
    }
  }

  /// The names of the Secrets whose plaintext a raw search finds in the file `name`.
  func disclosed(by name: String) throws -> [String] {
    let file = try Data(contentsOf: URL(filePath: "\(etcd.path)/\(name)"))
    return names.filter { file.range(of: Data(Self.canary($0).utf8)) != nil }
  }

  private func file(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(filePath: etcd.path).appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }
}
