import ArgumentParser
import CaseStore
import Reporting

/// The argument that names a case.
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
      StandardOutput.sendError(
        WrongCall.line(
          "\(path): the case is cut or damaged: reading it ended with signal \(signal); `atrest case verify` tells more"
        ))
      throw ExitStatus.unreadable
    }
  }

  /// Says that another program writes to the case.
  static func tellOfWaiting(_ path: String) {
    StandardOutput.sendError(WrongCall.line("\(path): another program writes to the case: waiting until it is done"))
  }
}
