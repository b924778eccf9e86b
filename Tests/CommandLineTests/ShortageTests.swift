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

  /// A limit below what a file may take is told before anything is read.
  @Test func `few addresses`() async throws {
    let call = try await call(#"verify --jobs 256 "$2""#, limit: "prlimit --as=150000000 --")
    #expect(call.status == 3)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: the limit on memory (ulimit -v) leaves less than the "))
  }
}
