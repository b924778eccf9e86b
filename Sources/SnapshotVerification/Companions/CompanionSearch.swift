import ByteViews
import Cryptography
import KubernetesStorage
import SnapshotInput
import VerificationModel

/// What a file that lies beside snapshots gives away: keys to them, and objects in the clear.
struct CompanionSearch {
  /// Whether an EncryptionConfiguration with a key in it was found.
  private(set) var holdsKeys = false
  /// The plaintext objects in scope.
  private(set) var objects: [LooseObject] = []

  /// Longer files are not searched, and are errors: the state of a large cluster has some megabytes.
  static let maximumByteCount = 32 << 20

  /// Reads `stream`, a file of the kind `content`, to its end. What was read is wiped.
  ///
  /// Throws when it can't be read, or is too long. O(length), with memory for all of it.
  init(_ stream: SnapshotStream, _ content: FileContent, scope: ResourceScope) throws(VerificationError) {
    guard content.mayHoldSecrets else { return }
    var text = try Self.read(stream)
    defer { text.wipe() }
    holdsKeys = KeyMaterial.isPresent(in: text.rawSpan)
    objects = LooseObject.all(in: text, scope: scope)
  }

  private static func read(_ stream: SnapshotStream) throws(VerificationError) -> [UInt8] {
    var text: [UInt8] = []
    var count = 0
    while count <= maximumByteCount {
      if text.count == count { Self.grow(&text) }
      let read: Int
      do throws(InputError) {
        read = try stream.read(into: &text, count..<text.count)
      } catch {
        text.wipe()
        throw VerificationError(error)
      }
      if read == 0 {
        text.removeLast(text.count - count)
        return text
      }
      count += read
    }
    text.wipe()
    throw VerificationError(
      code: "companion-too-large",
      message: "the file has more than \(maximumByteCount >> 20) MiB, and was not searched for keys and plaintext")
  }

  /// Doubles the room, and wipes what was there before.
  private static func grow(_ text: inout [UInt8]) {
    var larger = [UInt8](repeating: 0, count: min(max(64 << 10, 2 * text.count), maximumByteCount + 1))
    larger.replaceSubrange(0..<text.count, with: text)
    text.wipe()
    text = larger
  }
}
