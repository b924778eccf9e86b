import EncryptionConfig
import FileAccess
import ValueAuthentication

/// The files that ``KeySources`` are read from, opened before a byte of any input is looked at.
struct KeyFiles: ~Copyable {
  /// The path of the configuration, as the caller gave it; nil without one.
  let configurationPath: String?
  /// The path of the data keys and seeds; nil without them.
  let seedsPath: String?
  /// Both as they were opened.
  var configuration: OpenedFile?
  var seeds: OpenedFile?

  /// Opens the files.
  ///
  /// Throws a ``KeySources/MistakenFile`` that names the first that can't be opened.
  init(configurationPath: String?, seedsPath: String?) throws(KeySources.MistakenFile) {
    self.configurationPath = configurationPath
    self.seedsPath = seedsPath
    if let path = configurationPath {
      do throws(InvalidConfiguration) {
        configuration = try ConfigurationFile.open(path)
      } catch {
        throw KeySources.MistakenFile(path, error.errors.map(\.description))
      }
    }
    if let path = seedsPath {
      do throws(DEKSeedsError) {
        seeds = try DEKSeeds.open(path)
      } catch {
        throw KeySources.MistakenFile(path, [error.description])
      }
    }
  }
}
