import ArgumentParser
import VerificationModel

/// The keys to decrypt with.
struct KeyOptions: ParsableArguments {
  @Flag(
    help: """
      Decrypt with the keys of --encryption-config and --dek-seeds, in memory that is wiped, and tell what is authentic.
      """)
  var authenticate = false

  @Option(
    help: ArgumentHelp(
      "Also decrypt values of KMS plugins, with the data keys and seeds in this file (see below).", valueName: "file"),
    completion: .file())
  var dekSeeds: String?

  @Option(
    help: ArgumentHelp(
      "The prefix that a gateway puts before the keys in etcd: values are bound to the key without it.",
      valueName: "prefix"))
  var aadStripPrefix: String?

  /// How values are decrypted; nil when they are not.
  var decryption: DecryptionRequest? {
    authenticate ? DecryptionRequest(seedsPath: dekSeeds, strippedPrefix: aadStripPrefix) : nil
  }

  func validate() throws {
    guard dekSeeds != "" else {
      throw ValidationError("--dek-seeds names no file: is a variable unset that should hold the path?")
    }
    guard authenticate || dekSeeds == nil && aadStripPrefix == nil else {
      throw ValidationError("--dek-seeds and --aad-strip-prefix need --authenticate")
    }
  }
}
