import EncryptionConfig

extension DEKSeeds {
  /// Reads the file or pipe at `path`. What was read of the text is wiped before this returns.
  public init(path: String) throws(DEKSeedsError) {
    var file: SecretFile
    do throws(SecretFileError) {
      file = try SecretFile(path: path, limit: Self.maximumByteCount)
    } catch {
      throw DEKSeedsError(.unreadable(error), line: 1)
    }
    try self.init(wiping: &file.bytes)
  }
}
