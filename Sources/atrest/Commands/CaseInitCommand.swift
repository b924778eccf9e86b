import ArgumentParser
import CaseStore
import Reporting

/// `atrest case init`: make an empty case.
struct CaseInitCommand: CaseSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make an empty case.",
    usage: "atrest case init [<options>] <directory>")

  static let manual = Manual(
    purpose: """
      Makes an empty case in a directory that is not there yet, or is empty. The case
      names the objects of your clusters: keep it like a report, away from others.
      """,
    examples: """
        atrest case init incident
      """,
    topics: """
      EXIT STATUS:
        0  the case was made
        2  the call is wrong: there is a case already, or something else
        3  the case could not be written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory
  @OptionGroup(title: "Output") var display: CaseDisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func check() throws { try directory.check() }

  func run() throws {
    try directory.inNew(directory.directory ?? "", sandbox) { _ in
      let output = CaseOutput(display)
      let list = try directory.trying { path throws(CaseError) in
        try Self.make(path)
        var reader = try CaseReader(reading: path)
        return try reader.list()
      }
      try output.send(CaseReport(ofNewCase: list, at: directory.directory ?? ""))
    }
  }

  /// Makes the case, and closes it: a process opens a case once at a time.
  private static func make(_ path: String) throws(CaseError) {
    _ = try CaseWriter(creating: path, .ofThisProcess("init"))
  }
}
