import KubernetesStorage
import TestSupport
import Testing

@Suite("Random bytes")
struct RandomValueTests {
  private static let count = 20_000

  @Test("What a provider could have written is encrypted, never forged nor doubted", arguments: Provider.allCases)
  func wellFormed(_ provider: Provider) {
    var random = SeededGenerator(seed: 101)
    for _ in 0..<Self.count {
      let prefix = Stored.prefix(provider, "key1")
      let value = prefix + Stored.body(provider, count: Int.random(in: 0...600, using: &random), &random)
      let classification = Classification(value)
      guard classification.valueClass == .encrypted, classification.reason == nil,
        classification.envelope.flatMap({ value.text($0.keyName) }) == "key1"
      else {
        Issue.record("\(classification)")
        return
      }
    }
  }

  @Test("Random bytes behind a prefix are encrypted or malformed", arguments: Provider.allCases)
  func behindPrefix(_ provider: Provider) {
    var random = SeededGenerator(seed: 102)
    for _ in 0..<Self.count {
      let value = Stored.prefix(provider, "key1") + random.bytes(Int.random(in: 0...300, using: &random))
      let classification = Classification(value)
      guard classification.valueClass == .encrypted || classification.valueClass == .malformed,
        classification.reason != .notCiphertext
      else {
        Issue.record("\(classification)")
        return
      }
    }
  }

  @Test("Random bytes behind other prefixes", arguments: ["k8s:enc:x:v1:", "k8s:enc:", "k8s", "k8s\0", "{", ""])
  func behindOther(_ prefix: String) {
    var random = SeededGenerator(seed: 103)
    for _ in 0..<Self.count {
      let value = Array(prefix.utf8) + random.bytes(Int.random(in: 0...300, using: &random))
      let classification = Classification(value)
      #expect(classification.valueClass != .encrypted)
      #expect(classification.reason != .forgedEnvelope)
      _ = ObjectOutline(value, .protobuf)
      _ = ObjectOutline(value, .json)
    }
  }

  @Test("Objects with bytes changed at random never trap")
  func mutations() {
    var random = SeededGenerator(seed: 104)
    let objects = [Stored.protobufSecret, Stored.jsonSecret, Stored.yamlSecret] + EnvelopeVector.positive.map(\.stored)
    for _ in 0..<Self.count {
      guard var value = objects.randomElement(using: &random) else { return }
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0..<value.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: value[index] = UInt8.random(in: 0...255, using: &random)
        case 1: value.remove(at: index)
        default: value.insert(UInt8.random(in: 0...255, using: &random), at: index)
        }
      }
      let classification = Classification(value)
      if let object = classification.object, let encoding = classification.encoding {
        _ = ObjectOutline(Array(value[object]), encoding)
      }
      _ = ObjectOutline(value, .protobuf)
      _ = ObjectOutline(value, .json)
    }
  }

  @Test("Time grows with the length of hostile values and no faster")
  func linear() {
    let prefix = Stored.prefix(.aescbc, "key1")
    let parts = ["{\"", "{ ", "\"kind\" ", "\"metadata\":{ ", "k8s\0", "azhz", "\u{7F}", "[", "{\"a\":[", "key:"]
    for part in parts {
      let filler = Array(String(repeating: part, count: 400_000 / part.utf8.count).utf8)
      let clock = ContinuousClock()
      let time = clock.measure {
        _ = Classification(prefix + filler)
        _ = Classification(filler)
        _ = ObjectOutline(filler, .json)
      }
      #expect(time < .seconds(5), "\(part)")
    }
  }
}
