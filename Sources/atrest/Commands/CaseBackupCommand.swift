import ArgumentParser
import CaseStore
import Reporting

/// `atrest case backup`: make a compact copy of a case.
struct CaseBackupCommand: CaseSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Make a compact copy of a case, which may be in use.",
    usage: "atrest case backup [<options>] <directory> <copy>")

  static let manual = Manual(
    purpose: """
      Copies a case to a directory that is not there yet. Others may read the case and
      write to it meanwhile. The copy is a case like any other.
      """,
    examples: """
        atrest case backup incident incident-copy
      """,
    topics: """
      EXIT STATUS:
        0  the copy was made
        2  the call is wrong: there is no such case, or the copy is there already
        3  the case could not be read, or the copy could not be written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory

  @Argument(help: "The directory of the copy.", completion: .directory)
  var copy: String?

  @OptionGroup(title: "Output") var display: CaseDisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func check() throws {
    try directory.check()
    guard let copy else { throw ValidationError("the directory of the copy is missing") }
    guard !copy.isEmpty else {
      throw ValidationError("the copy has no name: is a variable unset that should hold the path?")
    }
  }

  func run() throws {
    let path = copy ?? ""
    try directory.inChild {
      try directory.inNew(path, sandbox) { isMade in
        let output = CaseOutput(display)
        let list = try directory.trying { directory throws(CaseError) in
          var reader = try CaseReader(reading: directory, waiting: { CaseDirectory.tellOfWaiting(directory) })
          let list = try reader.list()
          try reader.backup(to: path, isMade: isMade)
          return list
        }
        try output.send(CaseReport(ofCopy: list, at: path))
      }
    }
  }
}
