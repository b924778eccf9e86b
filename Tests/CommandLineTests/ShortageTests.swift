import Foundation
import Testing

/// Where the system gives too little, that is told, or does not matter: nothing ends with a signal, and nothing waits for ever.
@Suite("Shortages", .timeLimit(.minutes(20)))
struct ShortageTests {
  /// Calls with `$1` a snapshot, which standard input is too, `$2` a directory, `$3` a policy.
  private static let calls = [
    #"verify "$1""#, #"verify -"#, #"verify --progress always "$1" "$1""#, #"verify --jobs 8 "$2""#,
    #"verify --report csv=r.csv "$1""#, #"inspect "$1""#, #"inspect -"#, #"diff "$1" "$1""#,
    #"policy check "$3""#, #"case init c"#,
  ]

  private func call(_ words: String, limit: String) async throws -> Call {
    let scratch = try Scratch()
    try scratch.file("d/a.db", Sample.clean.bytes)
    try scratch.file("d/b.db", Sample.plain.bytes)
    return try await Call.shell(
      "cd '\(scratch.path)' && cat \"$1\" | \(limit) \"$0\" \(words)",
      [Sample.clean.path, "d", Sample.directory.appending(path: "policy.yaml").path(percentEncoded: false)])
  }

  @Test(arguments: calls, 4...9)
  func `few descriptors`(words: String, count: Int) async throws {
    let call = try await call(words, limit: "prlimit --nofile=\(count) --")
    #expect(call.status <= 3)
    #expect(call.output + call.errors != "")
    if call.status >= 2 { #expect((call.output + call.errors).lowercased().contains("too many open files")) }
  }

  /// Commands on the sound case `c`; `b` and `d` are not there.
  private static let caseCommands = [
    "verify c", "list c", "export c", "diff c 1 1", #"add c "$1""#, "backup c b", "init d",
  ]

  @Test(arguments: caseCommands, 4...12)
  func `few descriptors for a case, which is not told to be damaged`(words: String, count: Int) async throws {
    let desk = try await CaseDesk.desk(with: [Sample.plain.path])
    let call = try await Call.shell(
      "cd '\(desk.scratch.path)' && mv incident c && exec prlimit --nofile=\(count) -- \"$0\" case \(words)",
      [Sample.clean.path])
    guard call.status != 0 else { return }
    #expect(call.status == 3)
    #expect((call.output + call.errors).contains("too many open files"), "\(call.output)\(call.errors)")
    #expect(!call.output.contains("DAMAGED"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.scratch.path) == ["c"])
  }

  @Test(arguments: caseCommands, [0, 4, 16])
  func `files that may not become long enough for a case`(words: String, kilobytes: Int) async throws {
    let desk = try await CaseDesk.desk(with: [Sample.plain.path])
    // What the call says goes through a pipe, which has no size.
    let script = """
      cd '\(desk.scratch.path)' && mv incident c
      { prlimit --fsize=\(kilobytes << 10) -- "$0" case \(words) 2>&1; echo "status $?"; } | cat
      """
    let call = try await Call.shell(script, [Sample.clean.path])
    let isWriter = ["add", "backup", "init"].contains { words.hasPrefix($0) }
    #expect(call.output.hasSuffix(isWriter ? "status 3\n" : "status 0\n"), "\(call.output)")
    if isWriter { #expect(call.output.contains("the limit on the size of files (ulimit -f)"), "\(call.output)") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.scratch.path) == ["c"])
  }

  /// Whether file systems can be mounted that nobody else sees.
  private static let canMount: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "unshare --mount --map-root-user mount -t tmpfs tmpfs /mnt 2> /dev/null"]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// A page of a file in memory that is mapped, and for which there is no room, kills who writes to it.
  @Test(.enabled(if: canMount))
  func `a case on a file system in memory that is full`() async throws {
    let scratch = try Scratch()
    let script = """
      mount -t tmpfs -o size=256k tmpfs "$1" && cd "$1" && "$0" case init c > /dev/null && rm c/lock.mdb
      head -c 1000000 /dev/zero > rest 2> /dev/null
      for words in 'verify c' 'list c' 'exposures c' "add c $2" 'backup c d' 'init d'; do
        "$0" case $words > /dev/null 2>&1; echo "$? $words"
      done
      ls c
      "$0" case init d
      """
    let call = try await Call.shell(
      #"exec unshare --mount --map-root-user /bin/sh -c "$1" "$0" "$2" clean.db"#, [script, scratch.path])
    #expect(
      call.lines.prefix(6) == [
        "0 verify c", "0 list c", "1 exposures c", "3 add c clean.db", "3 backup c d", "3 init d",
      ], "\(call.output)\(call.errors)")
    #expect(call.lines.dropFirst(6).filter { !$0.isEmpty } == ["data.mdb", "digest.key", "lock.mdb", "writer.lock"])
    #expect(call.errors.contains("atrest: d: the disk is full: free some space"), "\(call.errors)")
  }

  /// Root may begin as many threads as it likes: another user makes the calls then, which may not be let to all files.
  @Test(arguments: calls)
  func `no further thread`(words: String) async throws {
    let user = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
    let all = try await call(words, limit: user)
    let call = try await call(words, limit: "\(user) prlimit --nproc=1 --")
    #expect(call.status == all.status)
    #expect(call.lines.first == all.lines.first)
  }

  @Test(arguments: calls, [0, 64])
  func `no memory that is kept from the disk`(words: String, kilobytes: Int) async throws {
    let call = try await call(words, limit: "prlimit --memlock=\(kilobytes << 10) --")
    #expect(call.status <= 1)
  }

  @Test(arguments: calls, [64, 96])
  func `little stack`(words: String, kilobytes: Int) async throws {
    let call = try await call(words, limit: "prlimit --stack=\(kilobytes << 10): --")
    #expect(call.status == 3)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: the limit on the stack (ulimit -s) leaves less than the 128 KiB"))
  }

  /// A limit below what a file may take is told before anything is read.
  @Test func `few addresses`() async throws {
    let call = try await call(#"verify --jobs 256 "$2""#, limit: "prlimit --as=150000000 --")
    #expect(call.status == 3)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: the limit on memory (ulimit -v) leaves less than the "))
  }
}
