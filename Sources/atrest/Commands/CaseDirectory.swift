import ArgumentParser
import CaseStore
import Confinement
import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The argument that names a case, and what a process keeps while it reads it.
struct CaseDirectory: ParsableArguments {
  @Argument(help: "The directory of the case.", completion: .directory)
  var directory: String?

  /// Makes sure that it is there, and has a name.
  func check() throws {
    guard let directory else { throw ValidationError("the directory of the case is missing") }
    guard !directory.isEmpty else {
      throw ValidationError("the directory of the case has no name: is a variable unset that should hold the path?")
    }
  }

  /// What `body` answers about the case. What is wrong is printed, and the command ends with the status that it has.
  func trying<Answer: ~Copyable>(_ body: (String) throws(CaseError) -> Answer) throws(ExitStatus) -> Answer {
    let path = directory ?? ""
    do throws(CaseError) {
      return try body(path)
    } catch {
      StandardOutput.sendError(WrongCall.line("\(path): \(error)"))
      throw error.isWrongCall ? .usage : .unreadable
    }
  }

  /// Runs `body`, which reads the store, in a process of its own: a store that was cut or overwritten kills who maps it, and
  /// then that is told.
  func inChild(_ body: () throws -> Void) throws {
    let path = directory ?? ""
    switch ChildRun.ofThisCall() {
    case .isChild: try body()
    case .ended(let status): throw ExitStatus(code: status)
    case .stopped(let signal): throw ExitStatus.ended(by: signal)
    case .crashed(let signal):
      // What lies behind the end of a file that was cut can't be read, nor can what a wrong number in it points to; any other
      // signal is this program's own, which ends with SIGABRT where memory is refused.
      let cause =
        [SIGBUS, SIGSEGV].contains(signal)
        ? "the case is cut or damaged: reading it ended with signal \(signal); `atrest case verify` tells more"
        : "the process ended with signal \(signal): it had too little memory, or has a fault"
      StandardOutput.sendError(WrongCall.line("\(path): \(cause)"))
      throw ExitStatus.unreadable
    }
  }

  /// Gives up all files but those of the case and `grants`, and what else `sandbox` has a process give up.
  ///
  /// LMDB writes to its table of readers even where a case is only read.
  func confine(_ sandbox: SandboxOption, _ grants: FileGrants = FileGrants()) throws {
    var grants = grants
    grants.write(in: directory ?? "")
    // The name of the user comes from files and sockets of the system.
    _ = CaseCall.userName
    try sandbox.confine(grants)
  }

  /// Makes the directory at `path`, where there is none, gives up all else as above, and runs `body`; takes the directory away
  /// again if nothing comes of that. A process that has given up the directory around it can't make it any more.
  ///
  /// - Parameter body: is told whether the directory was made.
  func inNew(
    _ path: String, _ sandbox: SandboxOption, _ grants: FileGrants = FileGrants(), _ body: (Bool) throws -> Void
  ) throws {
    // Sound: the path outlives the call.
    let isMade = unsafe mkdir(path, 0o700) == 0
    var grants = grants
    grants.write(in: path)
    if isMade { grants.removeDirectories(in: "\(path)/..") }
    do {
      try confine(sandbox, grants)
      try body(isMade)
    } catch {
      // Sound: as above. What is not empty stays.
      if isMade { _ = unsafe rmdir(path) }
      throw error
    }
  }

  /// Says that another program writes to the case.
  static func tellOfWaiting(_ path: String) {
    StandardOutput.sendError(WrongCall.line("\(path): another program writes to the case: waiting until it is done"))
  }
}
