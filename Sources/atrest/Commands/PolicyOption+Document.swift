import PolicyFile
import VerificationModel

extension PolicyOption {
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
