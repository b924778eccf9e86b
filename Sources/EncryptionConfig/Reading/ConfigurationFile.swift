import Cryptography
import FileAccess
import StrictYAML

/// A configuration and the file it was read from.
public struct ConfigurationFile: Sendable {
  /// What stands in it.
  public let configuration: EncryptionConfiguration
  /// Its size.
  public let byteCount: Int
  /// Whether its mode lets users read it who are neither its owner nor of its group; never so of a pipe.
  public let isReadableByOthers: Bool

  /// The path that stands for standard input.
  public static let standardInput = SecretFile.standardInput

  /// Reads the file or pipe at `path`, or standard input, as an API server of `server` does. What was read of the text
  /// is wiped before this returns; see ``EncryptionConfiguration/init(wiping:for:)`` for what is refused.
  ///
  /// Throws ``ConfigurationError/Code/unreadable`` when it can't be opened or read.
  public init(path: String, for server: APIServerSettings = APIServerSettings()) throws(InvalidConfiguration) {
    try self.init(reading: try Self.open(path), for: server)
  }

  /// Opens the file or pipe at `path`, or standard input, to be read later.
  package static func open(_ path: String) throws(InvalidConfiguration) -> OpenedFile {
    do throws(SecretFileError) { return try SecretFile.open(path) } catch { throw InvalidConfiguration(error) }
  }

  /// Reads what ``open(_:)`` opened, as above.
  package init(reading file: consuming OpenedFile, for server: APIServerSettings) throws(InvalidConfiguration) {
    try self.init(reading: file, forAnyRelease: server)
    try configuration.checkRefusals(by: server.kubernetesVersion)
  }

  /// The same for an API server whose release is found out later; see
  /// ``EncryptionConfiguration/init(wiping:forAnyRelease:)``.
  public init(path: String, forAnyRelease server: APIServerSettings) throws(InvalidConfiguration) {
    try self.init(reading: try Self.open(path), forAnyRelease: server)
  }

  private init(reading opened: consuming OpenedFile, forAnyRelease server: APIServerSettings)
    throws(InvalidConfiguration)
  {
    var file: SecretFile
    do throws(SecretFileError) {
      file = try SecretFile(reading: opened, limit: YAMLDocuments.maximumByteCount)
    } catch {
      throw InvalidConfiguration(error)
    }
    byteCount = file.bytes.count
    isReadableByOthers = file.isReadableByOthers
    configuration = try EncryptionConfiguration(wiping: &file.bytes, forAnyRelease: server)
  }
}

extension InvalidConfiguration {
  /// A file that can't be read at all.
  fileprivate init(_ error: SecretFileError) {
    self.init([ConfigurationError(.unreadable, at: .start, error.description)])
  }
}
