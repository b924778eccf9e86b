import ArgumentParser
import CaseStore
import Reporting

/// `atrest case keys`: tell which encryption keys are needed, and which may be retired.
struct CaseKeysCommand: CaseQuery {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Tell which encryption keys are needed, and which may be retired.",
    usage: "atrest case keys [<options>] <directory>")

  static let manual = Manual(
    purpose: """
      Shows each encryption key, KMS plugin and key id that values need: the first and
      last write seen, how many values are left under it in each snapshot, in which
      snapshot the rotation was complete, and what may be retired.
      """,
    examples: """
        atrest case keys incident
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
    (CaseReport(of: try reader.keys(), try reader.list(), at: path), .success)
  }
}
