import ArgumentParser
import CaseStore
import Confinement
import Cryptography
import FileAccess
import Reporting

/// `atrest case import`: make a case out of the records of another one.
struct CaseImportCommand: CaseSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a case out of the exported records of another one.",
    usage: "atrest case import [<options>] <directory> <export>")

  static let manual = Manual(
    purpose: """
      Makes a case in a directory that is not there yet, or is empty, out of a file of
      'atrest case export --format records': the way to another machine, and to a
      release that keeps its cases in another form. The new case has the same
      snapshots, values and log; the import is added to the log. All that the log
      vouches for is checked before anything is kept.

      The key of the digests, by which equal contents are recognised, is in no export.
      Without it the new case answers every question, and nothing can be added to it.
      """,
    examples: """
        atrest case export --format records incident > incident.records
        atrest case import --digest-key incident/digest.key copy incident.records
      """,
    topics: """
      EXIT STATUS:
        0  the case was made
        2  the call is wrong: something is in the directory, or there is no such file
        3  the file is no whole export, or the case could not be written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory

  @Argument(help: "The file of the records.")
  var export: String?

  @Option(
    help: ArgumentHelp("The file digest.key of the case that was exported.", valueName: "file"))
  var digestKey: String?

  @OptionGroup(title: "Output") var display: CaseDisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func check() throws {
    try directory.check()
    guard let export else { throw ValidationError("the file of the records is missing") }
    guard !export.isEmpty, digestKey != "" else {
      throw ValidationError("a file has no name: is a variable unset that should hold its path?")
    }
  }

  func run() throws {
    let path = export ?? ""
    do { _ = try OpenedFile(path, [.regular]) } catch {
      StandardOutput.sendError(WrongCall.line("\(path): \(error)"))
      throw ExitStatus.usage
    }
    var grants = FileGrants()
    grants.read([path, digestKey])
    try directory.inNew(directory.directory ?? "", sandbox, grants) { _ in try work(path) }
  }

  private func work(_ path: String) throws {
    let output = CaseOutput(display)
    let list = try directory.trying { directory throws(CaseError) in
      let key: SecretBytes? = if let digestKey { try CaseDigestKey.read(digestKey) } else { nil }
      try CaseWriter.importCase(
        to: directory, digestKey: key, from: path, open: { () throws(CaseError) in try Self.blocks(of: path) },
        .ofThisProcess("import"))
      var reader = try CaseReader(reading: directory)
      return try reader.list()
    }
    try output.send(CaseReport(ofImport: list, at: directory.directory ?? ""))
  }

  /// What answers the next bytes of the file at `path`.
  private static func blocks(of path: String) throws(CaseError) -> (() throws(CaseError) -> [UInt8]?) {
    guard let file = try? FileBlocks(path) else { throw .wrongExport("it can't be read") }
    return { () throws(CaseError) in
      do { return try file.next() } catch { throw .wrongExport("it can't be read: \(error)") }
    }
  }
}
