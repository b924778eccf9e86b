import EncryptionConfig
import Testing

@Suite struct ScalarTests {
  /// Texts as names of keys, without quotes.
  @Test(arguments: [
    "key1", "2026-04-16", "1.2.3", "a_1", ".", "-a", "1a", "0x", "0xg", "e3", "+", "nil", "none", "yEs", "1e", "..5",
    "12:30:45", "0b2x", "!!str 12", "'12'", "\"yes\"", "! 12",
  ])
  func textIsTaken(name: String) throws {
    _ = try EncryptionConfiguration(Self.file(name))
  }

  @Test(arguments: [
    "1", "-1", "+5", "0x1f", "0X1F", "0b101", "0o17", "017", "08", "1_000", "1.5", ".5", "5.", "1e3", "-1.5E-3", ".inf",
    "-.INF", ".NaN", "y", "Yes", "NO", "on", "Off", "true", "FALSE", "!!int 1", "!!binary aGVsbG8=", "[a]", "{a: b}",
  ])
  func whatYAMLTakesForSomethingElseIsRefused(name: String) {
    let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(Self.file(name)) }
    #expect(refusal?.errors.map(\.code) == [.wrongType])
  }

  @Test(arguments: ["", "~", "null", "Null", "NULL", "''", "# none"])
  func nothingIsNoName(name: String) {
    let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(Self.file(name)) }
    #expect(refusal?.errors.map(\.code) == [.noKeyName])
    #expect(refusal?.errors.first?.place.line == 10)
  }

  @Test(arguments: [
    ("300ms", Duration.milliseconds(300)), ("1m30s", .seconds(90)), ("1.5h", .seconds(5400)),
    (".5s", .milliseconds(500)), ("5.s", .seconds(5)), ("+2s", .seconds(2)), ("10us", .microseconds(10)),
    ("10µs", .microseconds(10)), ("7ns", .nanoseconds(7)),
  ])
  func durationsAreReadAsGoDoes(text: String, duration: Duration) throws {
    let configuration = try EncryptionConfiguration(RefusedFile.sound.replacing("5s", with: text))
    guard case .kms(let plugin) = configuration.groups[0].providers[1].kind else {
      Issue.record("no plugin")
      return
    }
    #expect(plugin.timeout == duration)
  }

  @Test(arguments: ["0", "-0", "5", "s", "1 s", "1x", "1s1", "1.5.5s", ".s", "1e3s", "999999999h", "''"])
  func otherDurationsAreRefused(text: String) {
    let refusal = #expect(throws: InvalidConfiguration.self) {
      try EncryptionConfiguration(RefusedFile.sound.replacing("5s", with: "'\(text.replacing("'", with: ""))'"))
    }
    #expect(refusal?.errors.map(\.code) == [.invalidTimeout])
  }

  @Test(arguments: [
    "pX2sQ9vB7nL4mR1tK8wZcA==", "pX2sQ9vB7nL4mR1tK8wZcB==", "pX2sQ9vB\\r\\n7nL4mR1tK8wZcA==\\n",
  ])
  func base64IsReadAsGoDoes(secret: String) throws {
    _ = try EncryptionConfiguration(RefusedFile.sound.replacing(SampleKey.a, with: "\"\(secret)\""))
  }

  @Test(arguments: [
    "pX2sQ9vB7nL4mR1tK8wZcA", "pX2sQ9vB7nL4mR1tK8wZcA=", "pX2sQ9vB7nL4mR1tK8wZcA===", "pX2sQ9vB7nL4mR1tK8wZ====",
    "pX2sQ9vB7nL4 mR1tK8wZcA==", "pX2sQ9vB7nL4mR1tK8wZc_==", "=", "pX2sQ9vB7nL4mR1tK8wZcA==pX2s",
  ])
  func otherBase64IsRefused(secret: String) {
    let refusal = #expect(throws: InvalidConfiguration.self) {
      try EncryptionConfiguration(RefusedFile.sound.replacing(SampleKey.a, with: "\"\(secret)\""))
    }
    #expect(refusal?.errors.map(\.code) == [.secretNotBase64])
  }

  private static func file(_ name: String) -> String {
    RefusedFile.sound.replacing("name: key1", with: "name: \(name)")
  }
}
