import TestSupport

/// Text as configuration files and messages have it: it compresses about as well as they do.
struct Prose: Sendable {
  private let bytes: [UInt8]

  private static let words = [
    "cluster", "endpoint", "replicas", "timeout: 30s", "image:", "registry.example.com/team/app", "enabled: true",
    "level: info", "path: /var/lib/app", "port: 8443", "retry", "interval=15s", "policy", "Always", "IfNotPresent",
    "node", "scheduled", "pulled", "probe failed", "connection refused", "volume", "mount", "annotations:", "checksum",
  ]

  /// 64 KiB of text.
  init(_ random: inout SeededGenerator) {
    var text: [UInt8] = []
    while text.count < 65_536 {
      let word = Self.words[Int.random(in: 0..<Self.words.count, using: &random)]
      text += Array(word.utf8)
      if Int.random(in: 0..<4, using: &random) == 0 {
        text += Array(String(random.next() >> 32, radix: 16).utf8)
      }
      text.append(Int.random(in: 0..<6, using: &random) == 0 ? UInt8(ascii: "\n") : UInt8(ascii: " "))
    }
    bytes = text
  }

  /// `count` bytes of the text, from a random place on.
  func excerpt(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    guard count > 0 else { return [] }
    let start = Int.random(in: 0..<max(1, bytes.count - count), using: &random)
    return Array(bytes[start...].prefix(count))
  }
}
