import Redaction

extension RedactionOptions {
  /// What replaces names; nil where nothing does. What is wrong with the key is printed, and the call is wrong then.
  func redactor() throws -> Redactor? {
    guard let redact else { return nil }
    guard let path = redactKey else { return Redactor(redact, key: RedactionKey.random()) }
    do throws(RedactionKeyError) {
      return Redactor(redact, key: try RedactionKey.read(path))
    } catch {
      StandardOutput.sendError(
        WrongCall.line(KeySources.MistakenFile(path, [error.description]).description))
      throw ExitStatus.usage
    }
  }
}
