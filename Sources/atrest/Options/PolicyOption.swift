import ArgumentParser

/// The policy file.
struct PolicyOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A policy: what is demanded, and what is waived until when. Options of the call win over it.",
      valueName: "file"),
    completion: .file())
  var policy: String?

  func validate() throws {
    guard policy != "" else {
      throw ValidationError("--policy names no file: is a variable unset that should hold the path?")
    }
  }
}
