import Foundation
import Testing

/// The commands in the documentation can be typed as they stand.
@Suite("Shell commands in the documentation")
struct ShellBlockTests {
  /// A block of language `sh`.
  struct Script: Sendable, CustomStringConvertible {
    let document: String
    let text: String

    var description: String { "\(document): \(text.split(separator: "\n").first ?? "")" }

    /// What builds, installs or tests the project itself is not run; `scripts/package test` runs what installs packages.
    var isRun: Bool {
      !["scripts/", "swift ", "docc ", "apt-get ", "SHA256SUMS", "podman ", "kubectl krew "].contains {
        text.contains($0)
      }
    }
  }

  static let scripts = Document.all.flatMap { document in
    document.blocks.filter { $0.language == "sh" }.map {
      Script(document: document.path, text: document.lines[$0.lines].joined(separator: "\n") + "\n")
    }
  }

  @Test(arguments: scripts)
  func `are valid, and name scripts that exist`(script: Script) async throws {
    #expect(try await Call.shell("sh -n -c \"$1\"", [script.text]).status == 0)
    for name in script.text.matches(of: /scripts\/[a-z-]+/) {
      let file = Program.repository.appending(path: String(name.output)).path(percentEncoded: false)
      #expect(FileManager.default.isExecutableFile(atPath: file), "\(name.output)")
    }
  }

  @Test(arguments: scripts.filter(\.isRun))
  func `run, and call atrest rightly`(script: Script) async throws {
    let desk = try await Desk()
    let call = try await Call.shell(
      "cd \"$1\" && PATH=$1/bin:$PATH sh -c \"$2\"", [desk.path, desk.adapted(script.text)])
    #expect(![126, 127].contains(call.status), "\(call.errors)")
    #expect(!call.errors.contains("not found") && !call.errors.contains("jq: error"), "\(call.errors)")
    let calls = try desk.calls()
    #expect(calls.isEmpty == !script.text.contains("atrest "))
    for (status, arguments) in calls {
      #expect(["0", "1"].contains(status), "\(arguments) ended in \(status): \(call.errors)")
    }
  }
}

/// A directory with the files that the documentation speaks of, and stand-ins for the programs that reach a cluster.
private struct Desk {
  private let scratch: Scratch

  var path: String { scratch.path }

  init() async throws {
    scratch = try Scratch()
    let sample = try Sample.mixed.bytes
    for name in ["backup.db", "backups/monday.db", "var/tuesday.db"] { try scratch.file(name, sample) }
    let folder = Sample.directory.appending(path: Sample.mixed.name)
    try scratch.file(
      "encryption-config.yaml", Data(contentsOf: folder.appending(path: "encryption-config.yaml")))
    try scratch.file("policy.yaml", Data(contentsOf: Sample.directory.appending(path: "policy.yaml")))
    try scratch.file("calls", Data())
    try FileManager.default.createSymbolicLink(
      at: scratch.directory.appending(path: "samples"), withDestinationURL: Sample.directory)
    let packing = try await Call.shell("cd \"$1\" && gzip -k backup.db && tar -cf backups.tar backups", [scratch.path])
    #expect(packing.status == 0, "\(packing.errors)")
    try program(
      "atrest",
      """
      '\(Program.atrest.path(percentEncoded: false))' "$@"
      status=$?
      echo "$status $*" >> '\(path)/calls'
      exit $status
      """)
    try program("ssh", "cat '\(path)/backup.db'")
    try program("kubectl", "[ \"$1\" = get ] && echo '{}' || cat > /dev/null")
    // Spark and DuckDB are not here; scripts that need them must be there.
    try program(
      "spark-submit", "for file; do case $file in --) exit ;; *.py) [ -f \"$file\" ] || exit 127 ;; esac; done")
    try program(
      "python3",
      "case $1 in */ask.py | */chart.py) [ -f \"$1\" ] || exit 127 ;; *) PATH=${PATH#*:} exec python3 -B \"$@\" ;; esac"
    )
    try program(
      "etcdctl",
      """
      case "$1 $2" in
      "snapshot save") cp '\(path)/backup.db' "$3" ;;
      "endpoint status") echo '[{"Status":{"header":{"revision":460}}}]' ;;
      "compact --physical") [ "$3" = 460 ] ;;
      "defrag --cluster") ;;
      *) exit 127 ;;
      esac
      """)
  }

  /// `script`, with its absolute paths inside the directory.
  func adapted(_ script: String) -> String { script.replacing("/var/backups/etcd", with: "\(path)/var") }

  /// Each call of `atrest`: its status, and its arguments.
  func calls() throws -> [(status: String, arguments: String)] {
    try scratch.text("calls").split(separator: "\n").map { line in
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1] : "")
    }
  }

  private func program(_ name: String, _ body: String) throws {
    let file = try scratch.file("bin/\(name)", Data("#!/bin/sh\n\(body)\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path(percentEncoded: false))
  }
}
