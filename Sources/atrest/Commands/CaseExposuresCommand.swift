import ArgumentParser
import CaseStore
import Reporting

/// `atrest case exposures`: tell which credentials to rotate, and which snapshots to destroy.
struct CaseExposuresCommand: CaseQuery {
  static let configuration = CommandConfiguration(
    commandName: "exposures",
    abstract: "Tell which credentials to rotate, and which snapshots to destroy.",
    usage: "atrest case exposures [<options>] <directory>")

  static let manual = Manual(
    purpose: """
      Lists every object that could be read from any snapshot of the case, in
      whatever layer: from which revision and snapshot to which, where it was last
      seen, and what became of it. Two lists are to act on: credentials to rotate,
      and snapshots to destroy. An object that was re-encrypted but never rotated
      stands apart; for that, add the snapshots with their keys (--authenticate).
      """,
    examples: """
        atrest case exposures incident
        atrest case exposures --format json incident | jq '.leaks[].path'
      """,
    topics: """
      EXIT STATUS:
        0  nothing in scope can be read from any snapshot
        1  something is to be rotated or destroyed; or the case holds no snapshot, or
           one in which nothing was in scope
        2  the call is wrong: there is no such case
        3  a snapshot of the case could not be read whole, or a file not taken in, so
           that there may be more; or the case could not be read, or the answer could
           not be written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory
  @OptionGroup(title: "Output") var display: CaseDisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func answer(_ reader: inout CaseReader, at path: String) throws(CaseError) -> (CaseReport, ExitStatus) {
    let list = try reader.list()
    let exposures = try reader.exposures()
    return (CaseReport(of: exposures, list, at: path), ExitStatus(code: exposures.verdict(list).exitStatus))
  }
}
