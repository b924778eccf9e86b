import ArgumentParser
import PolicyFile
import VerificationModel

/// The policy file.
struct PolicyOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A policy: what is demanded, and what is waived until when. Options of the call win over it.",
      valueName: "file"))
  var policy: String?

  func validate() throws {
    guard policy != "" else {
      throw ValidationError("--policy names no file: is a variable unset that should hold the path?")
    }
  }

  /// What the file says; nil without one. What is wrong with it is printed, and the call is wrong then.
  func document() throws -> PolicyDocument? {
    guard let path = policy else { return nil }
    do throws(InvalidPolicy) {
      return try PolicyDocument(path: path, today: .ofThisCall())
    } catch {
      let mistake = KeySources.MistakenFile(path, error.errors.map(\.description))
      StandardOutput.sendError(WrongCall.line(mistake.description))
      throw ExitStatus.usage
    }
  }
}
