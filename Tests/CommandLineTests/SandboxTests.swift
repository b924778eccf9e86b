import Foundation
import TestSupport
import Testing

@Suite("The sandbox")
struct SandboxTests {
  /// What the report of a call says was given up.
  private func sandbox(_ call: Call) throws -> JSONValue? { try call.json()["tool"]?["sandbox"] }

  /// Runs `script` as ``Call/shell(_:_:)`` does, with the words `refusing` before the program: a filter around it answers
  /// calls of the system, by number, with an error.
  private func shell(_ script: String, refusing rules: [String], _ arguments: [String] = []) async throws -> Call {
    let probe = try BuiltProgram.url("ConfinementProbe").path(percentEncoded: false)
    let words = rules.map { "refuse=\($0)" } + ["become="]
    return try await Call.shell("'\(probe)' \(words.joined(separator: " ")) \(script)", arguments)
  }

  @Test func `reports say what the process gave up`() async throws {
    let call = try await Call.atrest("verify", "--format", "json", Sample.clean.path)
    let sandbox = try #require(try sandbox(call))
    #expect(sandbox["mode"] == .string("auto"))
    #expect(sandbox["seccomp"] != nil)
    #expect(try JSONSchema.report().violations(in: call.json()) == [])
    let off = try await Call.atrest("verify", "--sandbox=off", "--format", "json", Sample.clean.path)
    #expect(try self.sandbox(off)?.members?.keys.sorted() == ["mode", "seccomp"])
    #expect(try self.sandbox(off)?["mode"] == .string("off"))
  }

  @Test func `the figures of a run say so too`() async throws {
    let call = try await Call.atrest("verify", "--stats", "--quiet", Sample.clean.path)
    #expect(call.errors.contains("\nSandbox (auto): "))
    let off = try await Call.atrest("verify", "--stats", "--sandbox", "off", "--quiet", Sample.clean.path)
    #expect(off.errors.contains("\nSandbox (off): none.\n"))
  }

  /// 444 is landlock_create_ruleset(2).
  @Test(arguments: [("444:ENOSYS", "the kernel does not have it"), ("444:EOPNOTSUPP", "it is switched off")])
  func `without Landlock a call goes on, unless it insists`(rule: String, reason: String) async throws {
    let script = #""$0" verify --format json --sandbox="$2" "$1""#
    let call = try await shell(script, refusing: [rule], [Sample.clean.path, "auto"])
    #expect(call.status == 0)
    #expect(try sandbox(call)?["landlock"] == nil)
    let insisting = try await shell(script, refusing: [rule], [Sample.clean.path, "require"])
    #expect(insisting.status == 2)
    #expect(insisting.output == "")
    #expect(insisting.errors.hasPrefix("atrest: --sandbox=require can't be kept: Landlock: "))
    #expect(insisting.errors.contains(reason))
  }

  /// What a call does is the same whether the process gave anything up or not: "$1" is the option, "$2" a snapshot in which
  /// secrets are readable, "$3" one in which none is, "$4" a configuration, "$5" a policy.
  @Test(arguments: [
    #""$0" verify "$1" "$2" "$3""#,
    #""$0" verify "$1" - < "$2""#, #"cat "$2" | "$0" verify "$1" -"#, #"cat "$2" | "$0" verify "$1" /dev/stdin"#,
    #""$0" verify "$1" /proc/self/fd/7 7< "$2""#,
    #"bash -c '"$0" verify -q "$1" <(cat "$2") | cut -c1-4' "$0" "$1" "$2""#,
    #"mkfifo p; cat "$2" > p & "$0" verify "$1" p"#,
    #"ln -s "$2" link; mkdir d; ln -s ../link d/l; "$0" verify "$1" link; "$0" verify -q "$1" --follow d"#,
    #"mkdir d e; cp "$2" e/x.db; cd d; "$0" verify "$1" ../e ./../e/x.db"#,
    #"mkdir d; i=0; while [ $i -lt 2000 ]; do echo no > d/$i; i=$((i+1)); done; cp "$3" d/x.db; "#
      + #""$0" verify -q "$1" --ignore-unrecognized --jobs 8 d"#,
    #""$0" verify -q "$1" missing "$3""#,
    #"echo old > r.html; "$0" verify -q "$1" --report html=r.html --report junit=./r.xml --report csv=/dev/null "$2"; ls -A"#,
    #""$0" verify -q "$1" --report html=r.html --report junit=./r.xml "$2"; ls -A; head -c 9 r.html"#,
    #"gzip < "$2" > a.gz; tar cf b.tar a.gz; "$0" verify -q "$1" b.tar a.gz"#,
    #""$0" verify "$1" -c "$4" --authenticate "$2""#, #""$0" verify -q "$1" --policy "$5" "$2""#,
    #"echo 'a: [' > p; "$0" verify "$1" --policy p "$2""#,
    #""$0" inspect "$1" "$2"; "$0" lint "$1" "$4" --snapshot "$2"; "$0" diff -q "$1" "$2" "$3""#,
    #""$0" policy check "$1" "$5"; "$0" policy check "$1" - < "$5""#,
    #""$0" case init -q "$1" c; "$0" case add -q "$1" c "$2" --cluster a; "$0" case list -q "$1" c; "#
      + #""$0" case exposures -q "$1" c; "$0" case export "$1" --format records c > r; "$0" case import -q "$1" "#
      + #"--digest-key c/digest.key d r; "$0" case backup -q "$1" c e; "$0" case verify -q "$1" e --evidence "$2"; "#
      + #""$0" case backup "$1" c e; "$0" case import "$1" f "$2"; ls -A . c d e"#,
    #""$0" case list "$1" missing; "$0" case backup "$1" missing b; "$0" case init "$1" no/such/place; ls -A"#,
  ])
  func `every command does its work in it`(script: String) async throws {
    let sample = Sample.directory.path(percentEncoded: false)
    var calls: [Call] = []
    for mode in ["auto", "off"] {
      let scratch = try Scratch()
      let call = try await Call.shell(
        "cd '\(scratch.path)' && \(script)",
        [
          "--sandbox=\(mode)", Sample.plain.path, Sample.clean.path,
          "\(sample)/\(Sample.mixed.name)/encryption-config.yaml", "\(sample)/policy.yaml",
        ])
      calls.append(call)
    }
    #expect(calls[0].status == calls[1].status)
    #expect(calls[0].errors == calls[1].errors)
    #expect(calls[0].timeless == calls[1].timeless)
    #expect(calls[0].output + calls[0].errors != "")
  }

  /// Its library asks a daemon at each call about a file, by messages of System V or by a socket: `file` was killed for it.
  @Test(.needs(.fakeroot), arguments: ["fakeroot-sysv", "fakeroot-tcp"])
  func `a preloaded library that talks to another process does not mind`(fakeroot: String) async throws {
    let script = #"cd "$2" && \#(fakeroot) -- "$0" verify -q --report csv=r.csv --jobs 2 "$1" "$1" && head -c 4 r.csv"#
    let scratch = try Scratch()
    let call = try await Call.shell(script, [Sample.clean.path, scratch.path])
    #expect(call.errors == "")
    #expect(call.status == 0)
    #expect(call.lines.count { $0.hasPrefix("PASS") } == 2)
  }
}
