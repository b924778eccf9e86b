import Foundation
import Testing

@Suite("Color")
struct ColorTests {
  private let escape = "\u{1B}"

  @Test func `always, even into a file`() async throws {
    for variables in [[:], ["NO_COLOR": "1"], ["TERM": "dumb"]] {
      let call = try await Call.atrest(["verify", "--color", "always", Sample.mixed.path], environment: variables)
      #expect(call.output.hasPrefix("\(escape)[1;31mFAIL\(escape)[0m  \(Sample.mixed.path)  "))
    }
    let pass = try await Call.atrest("verify", "-q", "--color", "always", Sample.clean.path)
    #expect(pass.output.hasPrefix("\(escape)[1;32mPASS\(escape)[0m  "))
  }

  @Test func `changes nothing but the color`() async throws {
    let colored = try await Call.atrest("verify", "--color", "always", Sample.mixed.path).timeless
    let plain = try await Call.atrest("verify", "--color", "never", Sample.mixed.path).timeless
    #expect(!plain.contains(escape))
    // The report's end tells the options.
    let told = colored.replacing("--color always", with: "--color never")
    #expect(told.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test(arguments: [["verify"], ["verify", "--color", "auto"], ["verify", "--color", "never"]])
  func `none into a file or a pipe`(arguments: [String]) async throws {
    #expect(try await !Call.atrest(arguments + [Sample.mixed.path]).output.contains(escape))
    let piped = try await Call.shell("\"$0\" \"$@\" | cat", arguments + [Sample.mixed.path])
    #expect(piped.output.hasPrefix("FAIL"))
    #expect(!piped.output.contains(escape))
  }

  @Test(arguments: [
    (["CLICOLOR_FORCE": "1"], [], true), (["CLICOLOR_FORCE": "yes"], ["--color", "auto"], true),
    (["CLICOLOR_FORCE": "0"], [], false), (["CLICOLOR_FORCE": ""], [], false),
    (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], [], false), (["CLICOLOR_FORCE": "1", "NO_COLOR": ""], [], true),
    (["CLICOLOR_FORCE": "1"], ["--color", "never"], false), (["NO_COLOR": "1"], ["--color", "always"], true),
  ])
  func `into a file, where CLICOLOR_FORCE asks for it`(
    variables: [String: String], options: [String], isColored: Bool
  ) async throws {
    let call = try await Call.atrest(["verify", "-q", Sample.clean.path] + options, environment: variables)
    #expect(call.output.contains(escape) == isColored)
    let json = try await Call.atrest(["verify", "--format", "json", Sample.clean.path], environment: variables)
    #expect(!json.output.contains(escape))
  }

  @Test(arguments: [
    ([:], [], true), (["NO_COLOR": "1"], [], false), (["NO_COLOR": ""], [], true), (["TERM": "dumb"], [], false),
    ([:], ["--color", "never"], false), (["NO_COLOR": "1"], ["--color", "always"], true),
    (["TERM": "dumb", "CLICOLOR_FORCE": "1"], [], true), (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], [], false),
  ])
  func `on a terminal`(variables: [String: String], options: [String], isColored: Bool) async throws {
    let terminal = try Terminal()
    let environment = ["TERM": "xterm"].merging(variables) { $1 }
    let call = try await Call.atrest(
      ["verify", "-q", Sample.clean.path] + options, environment: environment, on: terminal)
    #expect(call.status == 0)
    #expect(call.output.contains("PASS"))
    #expect(call.output.contains(escape) == isColored)
  }
}
