import ArgumentParser
import KubernetesStorage
import VerificationModel

extension KeyOptions {
  /// Makes sure that there are keys where values are to be decrypted.
  func check(_ scope: ScopeOptions) throws {
    guard !authenticate || scope.encryptionConfig != nil || dekSeeds != nil else {
      throw ValidationError("--authenticate needs keys: add --encryption-config or --dek-seeds")
    }
  }
}

extension KeyOptions {
  /// The files that the configuration and the keys are read from.
  func paths(_ scope: ScopeOptions) -> [String] { [scope.encryptionConfig, dekSeeds].compactMap(\.self) }
}

extension ScopeOptions {
  /// Opens the configuration and the keys. What is wrong with them is printed, and the call is wrong then.
  func keyFiles(_ keys: KeyOptions) throws -> KeyFiles {
    do throws(KeySources.MistakenFile) {
      return try KeyFiles(configurationPath: encryptionConfig, seedsPath: keys.decryption?.seedsPath)
    } catch {
      throw Self.status(telling: error)
    }
  }

  /// Reads them, likewise.
  ///
  /// - Parameter stated: the resources of a policy, which count where the call names none.
  func sources(
    _ files: consuming KeyFiles, _ keys: KeyOptions, stated: [ResourcePattern]? = nil
  ) throws -> KeySources {
    do throws(KeySources.MistakenFile) {
      return try KeySources(
        reading: files, keys.decryption, required: resource.isEmpty ? stated ?? [] : selection.patterns)
    } catch {
      throw Self.status(telling: error)
    }
  }

  private static func status(telling mistake: KeySources.MistakenFile) -> ExitStatus {
    StandardOutput.sendError(WrongCall.line(mistake.description))
    return .usage
  }
}
