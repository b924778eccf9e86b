import Foundation
import TestSupport
import Testing

/// What a confined process is refused, tried from inside: by `ConfinementProbe`, in a process of its own.
@Suite("A confined process", .enabled(if: Probe.isConfinable, "this kernel lacks Landlock or seccomp"))
struct ConfinementTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    for name in ["in/a", "out/b", "case/c", "other"] { try directory.file(name, Array("text".utf8)) }
  }

  /// What came of each of `trials`, where `in` may be read, files get names in `out`, and `case` may be written to.
  private func outcomes(_ trials: [String]) async throws -> [String] {
    let probe = try await Probe.run(["read=in", "name=out", "write=case"] + trials, in: directory.path)
    #expect(probe.status == 0)
    return trials.map { probe.answers[$0] ?? "no answer" }
  }

  @Test func `reads what was named, and nothing else`() async throws {
    let outcomes = try await outcomes([
      "open:in/a", "list:in", "open:other", "open:/etc/passwd", "list:/", "open:out/b",
    ])
    #expect(outcomes == ["done", "done", "EACCES", "EACCES", "EACCES", "EACCES"])
  }

  @Test func `writes to the directory of the case, and nowhere else`() async throws {
    let trials = ["make:case/new", "cut:case/c", "make:in/new", "make:out/new", "make:other2", "cut:in/a", "cut:other"]
    #expect(try await outcomes(trials) == ["done", "done", "EACCES", "EACCES", "EACCES", "EACCES", "EACCES"])
  }

  @Test func `gives a file that is open a name in the directory of a report`() async throws {
    #expect(try await outcomes(["link:out"]) == ["done"])
    #expect(FileManager.default.fileExists(atPath: "\(directory.path)/out/named"))
  }

  @Test func `a thread that is begun late is confined too`() async throws {
    #expect(try await outcomes(["late:in/a", "late:other"]) == ["done", "EACCES"])
  }

  @Test(arguments: [
    "socket", "spawn", "fork", "clone", "exec", "ptrace", "mount", "keyctl", "bpf", "io_uring", "process_vm", "typing",
    "chmod:in/a",
  ])
  func `is refused what must never happen, and lives on`(trial: String) async throws {
    #expect(try await outcomes([trial, "open:in/a"]) == ["EPERM", "done"])
  }

  @Test func `links stand for what they lead to`() async throws {
    try directory.link("link", to: "other")
    let probe = try await Probe.run(["read=link", "open:link", "open:other", "open:in/a"], in: directory.path)
    #expect(["open:link", "open:other", "open:in/a"].map { probe.answers[$0] } == ["done", "done", "EACCES"])
  }

  @Test func `what is not there is passed over`() async throws {
    let probe = try await Probe.run(["read=missing", "read=in", "open:missing", "open:in/a"], in: directory.path)
    #expect(probe.answers["open:missing"] == "ENOENT")
    #expect(probe.answers["open:in/a"] == "done")
  }

  /// 444 is landlock_create_ruleset(2), 446 landlock_restrict_self(2).
  @Test(arguments: ["444:ENOSYS", "444:EOPNOTSUPP", "444:EPERM", "446:EPERM"])
  func `without Landlock the filter holds all the same`(rule: String) async throws {
    let probe = try await Probe.run(["refuse=\(rule)", "open:other", "socket"], in: directory.path)
    #expect(probe.answers["landlock"] == "-")
    #expect(probe.answers["seccomp"] == "true")
    #expect(probe.answers["failure"]?.hasPrefix("Landlock: ") == true)
    #expect(probe.answers["open:other"] == "done")
    #expect(probe.answers["socket"] == "EPERM")
  }

  /// Some filters of containers refuse the call by which the process learns that it has one thread.
  @Test func `in a container without unshare(2) both hold`() async throws {
    #if arch(x86_64)
      let unshare = 272
    #else
      let unshare = 97
    #endif
    let probe = try await Probe.run(["refuse=\(unshare):EPERM", "open:other", "socket"], in: directory.path)
    #expect(probe.answers["landlock"].flatMap { Int($0) } != nil)
    #expect(probe.answers["seccomp"] == "true")
    #expect(["open:other", "socket"].map { probe.answers[$0] } == ["EACCES", "EPERM"])
  }
}
