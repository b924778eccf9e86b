import ArgumentParser
import CaseStore
import Reporting

/// `atrest case diff`: compare two snapshots of a case.
struct CaseDiffCommand: CaseQuery {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two snapshots of a case.",
    usage: "atrest case diff [<options>] <directory> <before> <after>")

  static let manual = Manual(
    purpose: """
      Shows which objects came, went, changed their class or their key, or were
      written again between two snapshots of the case.
      """,
    examples: """
        atrest case diff incident 3 4
      """,
    topics: """
      EXIT STATUS:
        0  the objects are the same in both
        1  some are not
        2  the call is wrong: there is no such case or snapshot
        3  the case could not be read, or the answer could not be written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory

  @Argument(help: "The older snapshot: its number in 'case list', CLUSTER/NUMBER, or the first digits of its SHA-256.")
  var before: String?

  @Argument(help: "The newer one.")
  var after: String?

  @OptionGroup(title: "Output") var display: CaseDisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func checkOptions() throws {
    guard let before, let after else {
      throw ValidationError("two snapshots are needed: 'atrest case list' has their numbers")
    }
    guard !before.isEmpty, !after.isEmpty else {
      throw ValidationError("a snapshot has no name: is a variable unset that should hold it?")
    }
  }

  func answer(_ reader: inout CaseReader, at path: String) throws(CaseError) -> (CaseReport, ExitStatus) {
    let difference = try reader.difference(before ?? "", after ?? "")
    return (CaseReport(of: difference), difference.changes.isEmpty ? .success : .found)
  }
}
