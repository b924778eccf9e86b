import Cryptography
import Testing

@Suite("Secret bytes")
struct SecretBytesTests {
  struct Holder { let key: SecretBytes }

  private static func secret(_ bytes: [UInt8]) -> SecretBytes {
    var bytes = bytes
    return SecretBytes(wiping: &bytes)
  }

  private static func bytes(of secret: SecretBytes) -> [UInt8] {
    secret.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
  }

  @Test("Hold what they were given, and wipe where it came from", arguments: [0, 1, 16, 32, 4095, 4096, 4097, 20_000])
  func holding(count: Int) {
    let original = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
    var bytes = original.map { $0 }
    let secret = SecretBytes(wiping: &bytes)
    #expect(bytes == [UInt8](repeating: 0, count: count))
    #expect(secret.byteCount == count)
    #expect(Self.bytes(of: secret) == original)
  }

  @Test("The very storage of the array is overwritten")
  func storage() {
    // No literal: the optimizer lays its bytes where nothing may be written, and an array of them is copied first.
    var bytes = (1...3).map { UInt8($0) }
    let before = unsafe bytes.withUnsafeBytes { $0.baseAddress }
    _ = SecretBytes(wiping: &bytes)
    let after = unsafe bytes.withUnsafeBytes { $0.baseAddress }
    #expect(unsafe after == before)
  }

  @Test("A copy outlives the original")
  func copies() {
    var copy: SecretBytes?
    do {
      let original = Self.secret([9, 8, 7])
      copy = original
    }
    #expect(copy.map(Self.bytes) == [9, 8, 7])
  }

  @Test("Are equal by length and bytes, wherever they differ")
  func equality() {
    let bytes = [UInt8](1...32)
    #expect(Self.secret(bytes) == Self.secret(bytes))
    #expect(Self.secret([]) == Self.secret([]))
    #expect(Self.secret(bytes) != Self.secret(Array(bytes.dropLast())))
    for index in bytes.indices {
      var other = bytes
      other[index] ^= 0x80
      #expect(Self.secret(bytes) != Self.secret(other))
    }
  }

  @Test("Show nothing but their length, alone or in something else")
  func printing() {
    let secret = Self.secret([0xAB, 0xCD, 171, 205])
    #expect(secret.description == "SecretBytes(4 bytes)")
    #expect(String(reflecting: secret) == "SecretBytes(4 bytes)")
    #expect(Mirror(reflecting: secret).children.isEmpty)
    var dumped = ""
    dump(Holder(key: secret), to: &dumped)
    dumped += "\(Holder(key: secret)) \([secret]) \(Optional(secret) as Any)"
    #expect(dumped.contains("SecretBytes(4 bytes)"))
    for trace in ["171", "205", "ab", "AB", "0x"] { #expect(!dumped.contains(trace), "\(trace) in \(dumped)") }
  }

  @Test("An array is wiped in place")
  func wiping() {
    var bytes: [UInt8] = [1, 2, 3]
    bytes.wipe()
    #expect(bytes == [0, 0, 0])
    var none: [UInt8] = []
    none.wipe()
    #expect(none.isEmpty)
  }
}
