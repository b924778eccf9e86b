import Cryptography
import TestSupport
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  private static func digest(_ blocks: [[UInt8]]) -> String {
    var hash = SHA256()
    for block in blocks { hash.update(unsafe block.span.bytes) }
    return hash.digest().description
  }

  /// FIPS 180-4, and its example values.
  private static let vectors = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  private static let millionDigest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

  @Test("Has the published values", arguments: vectors)
  func published(text: String, digest: String) {
    #expect(Self.digest([Array(text.utf8)]) == digest)
  }

  @Test("Of a million times a, however it is cut up", arguments: [1_000_000, 500_000, 4096, 1000, 64, 63])
  func million(blockBytes: Int) {
    let block = [UInt8](repeating: UInt8(ascii: "a"), count: blockBytes)
    let count = 1_000_000 / blockBytes
    let rest = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000 % blockBytes)
    #expect(Self.digest(Array(repeating: block, count: count) + [rest]) == Self.millionDigest)
  }

  @Test("Is the one of all bytes so far, and more may follow")
  func midStream() {
    var hash = SHA256()
    #expect(hash.digest().description == Self.vectors[0].1)
    for byte in Array("abc".utf8) {
      let block = [byte]
      hash.update(unsafe block.span.bytes)
      _ = hash.digest()
    }
    #expect(hash.digest().description == Self.vectors[1].1)
    #expect(hash.digest() == hash.digest())
    let rest = Array(Self.vectors[2].0.utf8.dropFirst(3))
    hash.update(unsafe rest.span.bytes)
    #expect(hash.digest().description == Self.vectors[2].1)
  }

  @Test("Nothing added changes nothing")
  func nothingAdded() {
    #expect(Self.digest([[], Array("ab".utf8), [], Array("c".utf8), []]) == Self.vectors[1].1)
  }

  @Test(
    "Agrees with sha256sum at every length about a block", arguments: [1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 4095])
  func lengths(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let bytes = random.bytes(count)
    var hash = SHA256()
    hash.update(unsafe bytes.span.bytes)
    #expect(hash.digest().bytes == (try sha256sum(bytes)))
  }

  @Test("Two hashes at one time don't mix")
  func twoHashes() {
    var one = SHA256()
    var other = SHA256()
    let (a, bc, abc) = (Array("a".utf8), Array("bc".utf8), Array("abc".utf8))
    one.update(unsafe a.span.bytes)
    other.update(unsafe abc.span.bytes)
    one.update(unsafe bc.span.bytes)
    #expect(one.digest() == other.digest())
  }

  @Test("Is written as 64 lower-case hex digits")
  func description() {
    let digest = SHA256Digest(bytes: (0..<32).map { UInt8($0 * 8) })
    #expect(digest.description == "0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8")
  }
}
