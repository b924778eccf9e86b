#if os(Linux)
  import Foundation
  import TestSupport
  import Testing

  /// Whichever call of the system fails, for the nth time: what could not be read is never counted as encrypted, nothing crashes
  /// or waits without end, and no half file is left.
  ///
  /// One case after the other: together they would keep the programs of all other tests waiting.
  @Suite("Every nth fault of the system", .tags(.exhaustive), .serialized)
  struct SystemFaultTests {
    /// How many calls of a kind meet a fault, of each command, where not all do; and at most, of a command that makes many.
    private static let (sampled, most) = (2, 16)

    @Test(arguments: SystemFault.all)
    func `a fault changes nothing, or is told`(fault: SystemFault) async throws {
      for command in try await FaultedCommand.all() {
        let faultless = try await command.outcome(fault, at: 0)
        try #require(faultless.status < 2, "\(command.testDescription): \(faultless.errors)")
        guard faultless.calls > 0 else { continue }
        let numbers = Self.spread(faultless.calls)
        for number in Exhaustive.sample(Self.sampled, of: numbers) {
          let comment: Comment = "\(command.testDescription), call \(number) of \(faultless.calls)"
          let outcome = try await command.outcome(fault, at: number) { try await Self.expectSound($0, comment) }
          let isSame = outcome.isSame(as: faultless)
          #expect(isSame || [2, 3].contains(outcome.status), "\(comment): \(outcome.status) \(outcome.errors)")
          if fault.isHarmless, !command.usesCase { #expect(isSame, "\(comment): \(outcome.status) \(outcome.errors)") }
          if !isSame, fault.calls != "write" { #expect(!outcome.output.isEmpty || !outcome.errors.isEmpty, comment) }
          Self.expectWhole(outcome.files, as: faultless.files, comment)
        }
      }
    }

    /// The numbers of `count` calls; of many the first ones, which open and look at files, and others evenly between.
    private static func spread(_ count: Int) -> [Int] {
      guard count > most else { return Array(1...count) }
      let half = most / 2
      return Array(1...half) + (1...half).map { half + (count - half) * $0 / half }
    }

    /// Expects that the case in `directory`, if there is one, is sound or can be made anew.
    private static func expectSound(_ directory: String, _ comment: Comment) async throws {
      let path = "\(directory)/case"
      guard FileManager.default.fileExists(atPath: path) else { return }
      let call = try await Call.atrest(["case", "verify", path])
      if call.status == 0 { return }
      #expect(try await Call.atrest(["case", "init", path]).status == 0, "\(comment): \(call.output)\(call.errors)")
    }

    /// Expects that `files` are those that a faultless call writes, each whole or not there. A statement for in-toto is of the
    /// snapshots that have a digest, so that it may have fewer lines.
    private static func expectWhole(_ files: [String: String], as others: [String: String], _ comment: Comment) {
      for (name, text) in files {
        guard let other = others[name] else {
          Issue.record("\(comment): \(name) is left")
          continue
        }
        #expect(text == other || name == "intoto" || !other.hasPrefix(text), "\(comment): half of \(name)")
      }
    }

    /// Programs inherit that their caller ignores the ends of its children, and are then told of none.
    @Test func `a caller that ignores the ends of its children`() async throws {
      let desk = try await CaseDesk.desk(with: [Sample.clean.path])
      let call = try await Call.shell("trap '' CHLD; exec \"$0\" \"$@\"", ["case", "list", desk.path])
      #expect(call.status == 0, "\(call.errors)")
      #expect(call.output == (try await desk.call("list").output))
    }
  }
#endif
