import ArgumentParser
import CaseStore
import Reporting

/// `atrest case list`: list what a case holds.
struct CaseListCommand: CaseQuery {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what a case holds.",
    usage: "atrest case list [<options>] <directory>")

  static let manual = Manual(
    purpose: """
      Lists the snapshots of a case, a line each: when it was taken and what says so,
      the verdict, and the file. It ends with the head digest of the log: note it
      outside of the case, for only then does a log that was written anew show.
      """,
    examples: """
        atrest case list incident
        atrest case list --format json incident | jq -r .head
      """,
    topics: """
      EXIT STATUS:
        0  the question was answered
        2  the call is wrong: there is no such case
        3  the case could not be read, or the answer could not be written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory
  @OptionGroup(title: "Output") var display: CaseDisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func answer(_ reader: inout CaseReader, at path: String) throws(CaseError) -> (CaseReport, ExitStatus) {
    (CaseReport(of: try reader.list(), at: path), .success)
  }
}
