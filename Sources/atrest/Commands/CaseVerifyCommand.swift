import ArgumentParser
import CaseStore
import Confinement
import Cryptography
import Reporting
import SnapshotInput
import SnapshotVerification
import VerificationModel

/// `atrest case verify`: is the case as it was left?
struct CaseVerifyCommand: CaseSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that a case is as it was left.",
    usage: "atrest case verify [<options>] <directory>")

  static let manual = Manual(
    purpose: """
      Checks every page of the store, every entry of the log and the digests that
      chain them, and what each snapshot is said to hold. With --evidence, it also
      checks that files at hand are those that were taken in. A log that was written
      anew by somebody shows only if you noted its head digest outside of the case.
      """,
    examples: """
        atrest case verify incident
        atrest case verify incident --evidence /var/backups/etcd
      """,
    topics: """
      EXIT STATUS:
        0  the case is as it was left, and every file at hand is one that was taken in
        1  a file at hand is not what was taken in
        2  the call is wrong: there is no such case
        3  the case is damaged, or a file could not be read
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory

  @Option(
    help: ArgumentHelp(
      "A file, or a directory of files, to hold against the case; repeat it for several.", valueName: "path"))
  var evidence: [String] = []

  @OptionGroup(title: "Output") var display: CaseDisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func check() throws {
    try directory.check()
    guard !evidence.contains("") else {
      throw ValidationError("--evidence has no path: is a variable unset that should hold it?")
    }
  }

  func run() throws {
    let start = ContinuousClock.now
    let path = directory.directory ?? ""
    let check: CaseCheck
    switch ChildRun.ofThisCall() {
    case .isChild:
      var grants = FileGrants()
      grants.read(InputList(listing: evidence), named: evidence)
      try directory.confine(sandbox, grants)
      check = try directory.trying { path throws(CaseError) in try Self.check(path, evidence) }
    case .ended(let status): throw ExitStatus(code: status)
    case .stopped(let signal):
      StandardOutput.sendError(WrongCall.line("\(path): the check was ended by signal \(signal) before it was done"))
      throw ExitStatus.unreadable
    case .crashed(let signal):
      let fault = CaseCheck.Fault(
        code: "crash", message: "the store is cut or damaged: reading it ended with signal \(signal)", place: .store)
      check = CaseCheck(head: nil, acts: 0, snapshots: 0, rows: 0, faults: [fault])
    }
    try CaseOutput(display, since: start).send(CaseReport(of: check, at: path))
    throw ExitStatus(code: check.verdict.exitStatus)
  }

  /// The check; where the case is such that it can't even be opened, with that as its fault.
  private static func check(_ path: String, _ evidence: [String]) throws(CaseError) -> CaseCheck {
    do throws(CaseError) {
      var reader = try CaseReader(reading: path, waiting: { CaseDirectory.tellOfWaiting(path) })
      return try reader.check(evidence: files(evidence))
    } catch {
      guard !error.isWrongCall, !error.isFromOutside else { throw error }
      let fault = CaseCheck.Fault(code: "store", message: error.description, place: .store)
      return CaseCheck(head: nil, acts: 0, snapshots: 0, rows: 0, faults: [fault])
    }
  }

  /// What the files at `paths` are, by the SHA-256 of the image in each.
  private static func files(_ paths: [String]) -> [CaseEvidence] {
    guard !paths.isEmpty else { return [] }
    var files: [CaseEvidence] = []
    let verifier = Verifier(policy: Policy(layers: [.live]))
    verifier.examine(InputList(arguments: paths).entries) { _, input in
      for report in input.snapshots where !report.isAboutCompanion {
        files.append(
          CaseEvidence(
            path: report.path, member: report.file.member, digest: report.bboltDigest,
            problem: report.bboltDigest == nil || report.verdict == .error
              ? report.reason ?? "it could not be read" : nil))
      }
    }
    return files
  }
}
