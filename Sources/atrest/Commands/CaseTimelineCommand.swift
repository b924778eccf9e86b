import ArgumentParser
import CaseStore
import EtcdStorage
import Reporting

/// `atrest case timeline`: show every value seen of one object.
struct CaseTimelineCommand: CaseQuery {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Show every value seen of one object.",
    usage: "atrest case timeline [<options>] <directory> <object>")

  static let manual = Manual(
    purpose: """
      Shows every value of one object that was seen in any snapshot: its revision,
      whether it is encrypted and with which key, the layer, and the first and last
      snapshot that hold it. Values of one number are the same value.
      """,
    examples: """
        atrest case timeline incident payments/db
        atrest case timeline incident --key /registry/secrets/payments/db
      """,
    topics: """
      EXIT STATUS:
        0  the question was answered
        2  the call is wrong: there is no such case or object
        3  the case could not be read, or the answer could not be written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory

  @Argument(help: "The object: NAMESPACE/NAME; a name alone where it has no namespace.")
  var object: String?

  @Option(help: ArgumentHelp("The object by its whole etcd key, instead.", valueName: "etcd-key"))
  var key: String?

  @Option(help: ArgumentHelp("The cluster, where several have such an object.", valueName: "name"))
  var cluster: String?

  @OptionGroup(title: "Output") var display: CaseDisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func checkOptions() throws {
    guard (object == nil) != (key == nil) else {
      throw ValidationError(
        object == nil
          ? "an object is missing: name it as NAMESPACE/NAME, or its key with --key"
          : "an object and --key exclude each other")
    }
    guard object != "", key != "" else {
      throw ValidationError("the object has no name: is a variable unset that should hold it?")
    }
  }

  func answer(_ reader: inout CaseReader, at path: String) throws(CaseError) -> (CaseReport, ExitStatus) {
    let timeline =
      if let key {
        try reader.timeline(of: EtcdKey(bytes: Array(key.utf8)), cluster: cluster)
      } else {
        try reader.timeline(object ?? "", cluster: cluster)
      }
    return (CaseReport(of: timeline, try reader.list(), at: path), .success)
  }
}
