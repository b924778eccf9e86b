import EncryptionConfig
import StrictYAML
import VerificationModel

extension PolicyDocument {
  /// Reads the file or pipe at `path`, or standard input, as it stands on `today`.
  ///
  /// Throws everything that is wrong with it; see ``init(text:path:today:)``.
  public init(path: String, today: CalendarDay) throws(InvalidPolicy) {
    let file: SecretFile
    do throws(SecretFileError) {
      file = try SecretFile(path: path, limit: YAMLDocuments.maximumByteCount)
    } catch {
      throw InvalidPolicy([PolicyError(.unreadable, at: .start, error.description)])
    }
    try self.init(text: file.bytes, path: path, today: today)
  }
}
