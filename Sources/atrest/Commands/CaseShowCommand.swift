import ArgumentParser
import CaseStore
import Reporting

/// `atrest case show`: show what was found in one snapshot of a case.
struct CaseShowCommand: CaseQuery {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what was found in one snapshot of a case.",
    usage: "atrest case show [<options>] <directory> <snapshot>")

  static let manual = Manual(
    purpose: """
      Shows what was found when a snapshot was taken in: the verdict, values by layer
      and class, findings by rule, and what could not be read.
      """,
    examples: """
        atrest case show incident 3
        atrest case show incident prod/3
      """,
    topics: """
      EXIT STATUS:
        0  the question was answered
        2  the call is wrong: there is no such case or snapshot
        3  the case could not be read, or the answer could not be written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory
  @OptionGroup(title: "Snapshot") var choice: CaseSnapshotArgument
  @OptionGroup(title: "Output") var display: CaseDisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func checkOptions() throws { try choice.check() }

  func answer(_ reader: inout CaseReader, at path: String) throws(CaseError) -> (CaseReport, ExitStatus) {
    let snapshot = try reader.snapshot(choice.name)
    return (CaseReport(of: snapshot, try reader.list(), at: path), .success)
  }
}
