import EncryptionConfig
import KubernetesStorage
import Reporting
import ValueAuthentication
import VerificationModel

/// What `verify` is given to hold values against: a configuration, and keys.
///
/// Read, and wiped where it was read, before any snapshot is.
struct KeySources {
  /// The configuration; nil without one.
  let configuration: ConfigurationCheck?
  /// The keys to decrypt with; nil when nothing is decrypted.
  let keys: KeyRing?

  /// Reads the files.
  ///
  /// Throws a ``MistakenFile`` that names what is wrong, without a byte of a secret.
  init(
    reading files: consuming KeyFiles, _ decryption: DecryptionRequest?, required: [ResourcePattern]
  ) throws(MistakenFile) {
    let file = try Self.configuration(&files)
    configuration = files.configurationPath.flatMap { path in
      file.map { ConfigurationCheck(path: path, configuration: $0, required: required) }
    }
    guard let decryption else {
      keys = nil
      return
    }
    let seeds = try Self.seeds(&files)
    let prefix = Array((decryption.strippedPrefix ?? "").utf8)
    keys =
      file.map { KeyRing($0, seeds: seeds, strippedPrefix: prefix) }
      ?? KeyRing(keys: [], seeds: seeds, strippedPrefix: prefix)
  }

  private static func configuration(_ files: inout KeyFiles) throws(MistakenFile) -> EncryptionConfiguration? {
    guard let path = files.configurationPath, let opened = files.configuration.take() else { return nil }
    do throws(InvalidConfiguration) {
      // Snapshots of clusters that still had KMS v1 are verified too.
      let file = try ConfigurationFile(reading: opened, for: APIServerSettings(enablesKMSv1: true))
      try file.configuration.checkUniqueness()
      return file.configuration
    } catch {
      throw MistakenFile(path, error.errors.map(\.description))
    }
  }

  private static func seeds(_ files: inout KeyFiles) throws(MistakenFile) -> DEKSeeds {
    guard let path = files.seedsPath, let opened = files.seeds.take() else { return DEKSeeds() }
    do throws(DEKSeedsError) {
      return try DEKSeeds(reading: opened)
    } catch {
      throw MistakenFile(path, [error.description])
    }
  }

  /// A file that can't be understood, and why.
  struct MistakenFile: Error, CustomStringConvertible {
    /// A line for each reason, which begins with the file's path.
    let description: String

    init(_ path: String, _ reasons: [String]) {
      description = reasons.map { "\(PrintableText(path)): \(PrintableText($0))" }.joined(separator: "\n")
    }
  }
}
