import EncryptionConfig
import FileAccess

extension DEKSeeds {
  /// Reads the file or pipe at `path`. What was read of the text is wiped before this returns.
  public init(path: String) throws(DEKSeedsError) {
    try self.init(reading: try Self.open(path))
  }

  /// Opens the file or pipe at `path` to be read later.
  package static func open(_ path: String) throws(DEKSeedsError) -> OpenedFile {
    do throws(SecretFileError) { return try SecretFile.open(path) } catch {
      throw DEKSeedsError(.unreadable(error), line: 1)
    }
  }

  /// Reads what ``open(_:)`` opened, as above.
  package init(reading opened: consuming OpenedFile) throws(DEKSeedsError) {
    var file: SecretFile
    do throws(SecretFileError) {
      file = try SecretFile(reading: opened, limit: Self.maximumByteCount)
    } catch {
      throw DEKSeedsError(.unreadable(error), line: 1)
    }
    try self.init(wiping: &file.bytes)
  }
}
