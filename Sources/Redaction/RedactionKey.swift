import Cryptography
import EncryptionConfig

/// The key under which names are replaced: equal names in two reports have equal digests where it is the same.
public enum RedactionKey {
  /// The fewest bytes of a key.
  public static let leastBytes = 16
  /// The most.
  public static let mostBytes = 4096

  /// A key of this run alone.
  public static func random() -> SecretBytes {
    var random = SystemRandomNumberGenerator()
    var bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    return SecretBytes(wiping: &bytes)
  }

  /// Reads the file or pipe at `path`, or standard input. All of its bytes are the key, but for one line break at its end.
  ///
  /// Throws when it can't be read, has too few bytes or too many, or can be read by users who are neither its owner nor of
  /// its group.
  public static func read(_ path: String) throws(RedactionKeyError) -> SecretBytes {
    var file: SecretFile
    do throws(SecretFileError) {
      file = try SecretFile(path: path, limit: mostBytes)
    } catch {
      throw RedactionKeyError(error.description)
    }
    defer { file.bytes.wipe() }
    guard !file.isReadableByOthers else {
      throw RedactionKeyError("every user may read the file, so the key is none: chmod o-rwx, and make a new one")
    }
    guard file.bytes.count <= mostBytes else {
      throw RedactionKeyError("the file has more than \(mostBytes) bytes, and no key is so long")
    }
    if file.bytes.last == UInt8(ascii: "\n") { file.bytes.removeLast() }
    guard file.bytes.count >= leastBytes else {
      throw RedactionKeyError(
        "the key has \(file.bytes.count) bytes, and at least \(leastBytes) random ones are needed: "
          + "make them with 'head -c 32 /dev/urandom'")
    }
    return SecretBytes(wiping: &file.bytes)
  }
}

/// Why a file holds no key for redaction.
public struct RedactionKeyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A clause that says why, without a byte of the file.
  public let description: String

  init(_ description: String) { self.description = description }
}
