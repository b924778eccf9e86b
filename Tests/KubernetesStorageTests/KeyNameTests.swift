import KubernetesStorage
import TestSupport
import Testing

@Suite("Key and plugin names")
struct KeyNameTests {
  private static func value(_ provider: Provider, _ name: String, seed: UInt64 = 1) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return Stored.prefix(provider, name) + Stored.body(provider, count: 275, &random)
  }

  private static func names(_ value: [UInt8]) -> [String] {
    guard let envelope = Classification(value).envelope, let start = envelope.keyName?.lowerBound else { return [] }
    return envelope.candidateNameEnds.compactMap { value.text(start..<$0) }
  }

  @Test(
    "Names without a colon", arguments: Provider.allCases,
    ["1", "key1", "a key with spaces", "päss/wörter", "🔑", String(repeating: "n", count: 256)])
  func plainNames(_ provider: Provider, _ name: String) throws {
    let value = Self.value(provider, name)
    let classification = Classification(value)
    #expect(classification.valueClass == .encrypted)
    let envelope = try #require(classification.envelope)
    #expect(envelope.provider == provider)
    #expect(value.text(envelope.keyName) == name)
    #expect(Self.names(value).first == name)
    #expect(envelope.body == Stored.prefix(provider, name).count..<value.count)
  }

  @Test(
    "Time-stamped names are taken whole", arguments: [Provider.aescbc, .aesgcm, .secretbox, .kmsv1],
    ["aescbckey-2026-04-16T12:29:38-07:00", "secretboxkey-2026-04-16T12:29:38+05:30", "2026-04-16T12:29:38Z"])
  func timeStampedNames(_ provider: Provider, _ name: String) {
    let value = Self.value(provider, name)
    #expect(Classification(value).valueClass == .encrypted)
    #expect(Self.names(value) == [name])
  }

  @Test("A truncated value under a time-stamped name does not pass for a whole one under a shorter name")
  func truncatedTimeStamp() {
    let name = "aescbckey-2026-04-16T12:29:38-07:00"
    for cut in 1...15 {
      let value = Array(Self.value(.aescbc, name).dropLast(cut))
      let classification = Classification(value)
      #expect(classification.valueClass == .malformed)
      #expect(classification.reason == .lengthNotMultipleOf16)
      #expect(Self.names(value) == [name])
    }
  }

  @Test(
    "Of names with colons, every possible one is told", arguments: [Provider.aescbc, .aesgcm, .secretbox, .kmsv1],
    ["vault:prod", "a:b:c:d", "x::y", "k:2026-04-16T12:29:38Z"])
  func colonNames(_ provider: Provider, _ name: String) throws {
    let value = Self.value(provider, name)
    #expect(Classification(value).valueClass == .encrypted)
    let names = Self.names(value)
    #expect(names.contains(name))
    let expected = try #require(names.first)
    #expect(Classification(value).envelope.flatMap { value.text($0.keyName) } == expected)
  }

  @Test("Block length rules out wrong names of aescbc")
  func blockLengthDecides() {
    // 17 bytes between the colons: no shorter name leaves whole blocks.
    #expect(Self.names(Self.value(.aescbc, "a:b")) == ["a:b"])
    // 16 bytes from colon to colon: both do.
    #expect(Self.names(Self.value(.aescbc, "a:123456789012345")) == ["a", "a:123456789012345"])
  }

  @Test("A KMS v2 name ends at the first colon")
  func firstColonOfKMSv2() {
    let value = Self.value(.kmsv2, "my:kms")
    let classification = Classification(value)
    #expect(classification.valueClass == .malformed)
    #expect(Self.names(value) == ["my"])
  }

  @Test("At most eight names are kept, the first ones")
  func manyColons() {
    let name = Array(repeating: "n", count: 20).joined(separator: ":")
    #expect(
      Self.names(Self.value(.aesgcm, name)) == (1...8).map { Array(repeating: "n", count: $0).joined(separator: ":") })
  }

  @Test("A colon in IV or nonce makes no name", arguments: Provider.allCases.filter { $0 != .kmsv2 })
  func colonInBody(_ provider: Provider) {
    var value = Self.value(provider, "key1")
    let start = Stored.prefix(provider, "key1").count
    // A byte that no UTF-8 holds, then colons.
    if provider == .kmsv1 {
      value.replaceSubrange((start + 2)..<(start + 8), with: [0xFF] + Array("a:b::".utf8))
    } else {
      value.replaceSubrange(start..<(start + 6), with: [0xFF] + Array("a:b::".utf8))
    }
    #expect(Self.names(value) == ["key1"])
  }

  @Test("No name", arguments: Provider.allCases)
  func noName(_ provider: Provider) {
    let prefix = Stored.prefix(provider, "").dropLast()
    let long = String(repeating: "n", count: 257)
    let texts: [[UInt8]] = [
      [], Array("key1".utf8), Array("\(long):".utf8),
      [0xFF, 0x3A], [0x07, 0x3A], [0xC2, 0x85, 0x3A], [0x6B, 0x7F, 0x3A],
    ]
    for text in texts {
      let classification = Classification(prefix + text)
      #expect(classification.valueClass == .malformed)
      #expect(classification.reason == .noKeyName, "\(text)")
      #expect(classification.envelope?.keyName == nil)
      #expect(classification.envelope?.candidateNameEnds.isEmpty == true)
      #expect(classification.envelope?.body == prefix.count..<(prefix.count + text.count))
    }
    #expect(Classification(prefix + [0x3A]).reason == .emptyKeyName)
    #expect(Classification(prefix + Array(":key1:".utf8)).reason == .emptyKeyName)
  }

  @Test(
    "The least and the greatest body of each layout",
    arguments: [
      (Provider.aescbc, 32), (.aesgcm, 28), (.secretbox, 40),
    ])
  func minimum(_ provider: Provider, _ count: Int) {
    var random = SeededGenerator(seed: 3)
    let body = [0xFF] + random.bytes(count - 1)
    #expect(Classification(Stored.prefix(provider, "k") + body).valueClass == .encrypted)
    let short = Classification(Stored.prefix(provider, "k") + body.dropLast())
    #expect(short.valueClass == .malformed)
    #expect(short.reason == .tooShort)
    for count in 0..<(count - 1) {
      #expect(Classification(Stored.prefix(provider, "k") + body.prefix(count)).reason == .tooShort)
    }
  }

  @Test("The length of a KMS v1 data key leaves 28 bytes of payload")
  func dekLength() {
    var random = SeededGenerator(seed: 4)
    for length in [1, 2, 255, 256, 65535] {
      let header = [UInt8(length >> 8), UInt8(length & 255)]
      let rest = [0xFF] + random.bytes(length + 27)
      let prefix = Stored.prefix(.kmsv1, "k")
      #expect(Classification(prefix + header + rest).valueClass == .encrypted)
      let cut = Classification(prefix + header + rest.dropLast())
      #expect(cut.reason == (length == 1 ? .tooShort : .dekLengthOutOfRange))
    }
    let zero = Classification(Stored.prefix(.kmsv1, "k") + [0, 0, 0xFF] + random.bytes(60))
    #expect(zero.reason == .dekLengthOutOfRange)
  }

  @Test("Ends of names are equal when their offsets are")
  func nameEnds() throws {
    let one = try #require(Classification(Self.value(.aesgcm, "a:b")).envelope)
    let other = try #require(Classification(Self.value(.aesgcm, "a:b", seed: 2)).envelope)
    #expect(one.candidateNameEnds == other.candidateNameEnds)
    #expect(one.candidateNameEnds.hashValue == other.candidateNameEnds.hashValue)
    let third = try #require(Classification(Self.value(.aesgcm, "a:bc")).envelope)
    #expect(one.candidateNameEnds != third.candidateNameEnds)
  }
}
