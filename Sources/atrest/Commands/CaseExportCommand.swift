import ArgumentParser
import CaseStore
import Reporting
import VerificationModel

/// `atrest case export`: all that a case holds, for other tools.
struct CaseExportCommand: CaseSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print all that a case holds: NDJSON, CSV, its log, or its records.",
    usage: "atrest case export [<options>] <directory>")

  static let manual = Manual(
    purpose: """
      Prints a line for each snapshot and for each value of each object. Every line
      has datetime, timestamp_desc and message, as timeline tools ask for. The lines
      are the same in whatever order the snapshots were added. --log prints the log
      instead: who did what, when, with which file, chained by digests.

      --format records prints the entries of the store as they are, the log among
      them, for 'atrest case import'.
      """,
    examples: """
        atrest case export incident > incident.ndjson
        atrest case export --format csv incident > incident.csv
        atrest case export --log incident > log.ndjson
        atrest case export --format records incident > incident.records
      """,
    topics: """
      EXIT STATUS:
        0  all of it was printed
        2  the call is wrong: there is no such case
        3  the case could not be read, or the lines could not be written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory

  @Flag(help: "Print the log of what was done to the case.")
  var log = false

  @Option(help: ArgumentHelp("Output format.", valueName: "format"))
  var format = Format.ndjson

  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case ndjson
    case csv
    case records
  }

  func check() throws {
    try directory.check()
    guard !(log && format == .records) else {
      throw ValidationError("--log and --format records exclude each other: the log is among the records")
    }
  }

  func run() throws { try directory.inChild(work) }

  private func work() throws {
    try directory.confine(sandbox)
    var reader = try directory.trying { path throws(CaseError) in
      try CaseReader(reading: path, waiting: { CaseDirectory.tellOfWaiting(path) })
    }
    let format: CaseExport.Format
    switch self.format {
    case .ndjson: format = .ndjson
    case .csv: format = .csv
    case .records:
      return try directory.trying { _ throws(CaseError) in try reader.exportRecords(to: StandardOutput.send) }
    }
    if log {
      let acts = try directory.trying { _ throws(CaseError) in try reader.log() }
      StandardOutput.send(try CaseExport.lines(of: acts, format))
      return
    }
    let export = CaseExport(try directory.trying { _ throws(CaseError) in try reader.list() }, format)
    var text = try export.head()
    var failure: (any Error)?
    try directory.trying { _ throws(CaseError) in
      try reader.forEachTimeline { timeline in
        do {
          text += try export.lines(of: timeline)
        } catch {
          failure = error
          return false
        }
        if text.utf8.count >= Self.blockBytes {
          StandardOutput.send(text)
          text = ""
        }
        return true
      }
    }
    if let failure { throw failure }
    StandardOutput.send(text)
  }

  private static let blockBytes = 1 << 16
}
