import Cryptography
import TestSupport
import Testing

@testable import ValueAuthentication

@Suite("Seeds of KMS plugins")
struct DEKSeedsTests {
  private static let hex = [String(repeating: "0a", count: 32), String(repeating: "b1", count: 16)]

  private static func seeds(_ text: String) throws(DEKSeedsError) -> DEKSeeds {
    var bytes = Array(text.utf8)
    return try DEKSeeds(wiping: &bytes)
  }

  private static func entries(_ seeds: DEKSeeds, _ name: [UInt8]) -> Int {
    var count = 0
    var entry = unsafe seeds.first(named: name.span.bytes)
    while let number = entry {
      count += 1
      entry = seeds.next(after: number)
    }
    return count
  }

  @Test("Names are found as text, in hex and in base64")
  func names() throws {
    let seeds = try Self.seeds(
      """
      # a comment = with a sign
      kek-1 = \(Self.hex[0])
      \t00ff10 =\(Self.hex[1])\r
      AP8Q=\(Self.hex[0])
      AP8=  =  \(Self.hex[0])

      arn:key=1#v3 = \(Self.hex[0].uppercased())
      """)
    #expect(seeds.count == 5)
    #expect(Self.entries(seeds, Array("kek-1".utf8)) == 1)
    #expect(Self.entries(seeds, [0, 0xFF, 0x10]) == 2)
    #expect(Self.entries(seeds, [0, 0xFF]) == 1)
    #expect(Self.entries(seeds, Array("arn:key=1#v3".utf8)) == 1)
    #expect(Self.entries(seeds, Array("00ff10".utf8)) == 1)
    #expect(Self.entries(seeds, Array("kek-2".utf8)) == 0)
    #expect(Self.entries(seeds, []) == 0)
  }

  @Test("A name may stand for several secrets")
  func severalSecrets() throws {
    let seeds = try Self.seeds("k=\(Self.hex[0])\nk=\(Self.hex[1])\nk=\(Self.hex[0])")
    #expect(Self.entries(seeds, Array("k".utf8)) == 3)
  }

  @Test("The text is wiped, also when it can't be read", arguments: ["k=\(hex[0])", "k=\(hex[0])\nk"])
  func wiping(text: String) {
    var bytes = Array(text.utf8)
    _ = try? DEKSeeds(wiping: &bytes)
    #expect(bytes == [UInt8](repeating: 0, count: text.utf8.count))
  }

  @Test(
    "Errors name the line and the reason, and nothing of the text",
    arguments: [
      ("kek c0ffee", DEKSeedsError.Reason.noEqualsSign), ("=c0ffee", .noName), ("   = c0ffee", .noName),
      ("kek=", .notHex), ("kek = xyz", .notHex), ("kek = c0ffeec", .notHex), ("kek = c0ffee", .length),
      ("kek = \(String(repeating: "0", count: 34))", .length),
      ("kek = \(String(repeating: "c0", count: 1025))", .length),
    ])
  func errors(line: String, reason: DEKSeedsError.Reason) {
    let error = #expect(throws: DEKSeedsError.self) { try Self.seeds("# first\n\n\(line)\n") }
    #expect(error?.reason == reason)
    #expect(error?.line == 3)
    #expect(error?.description.hasPrefix("line 3: ") == true)
    #expect(error?.description.contains("c0ffee") == false)
  }

  @Test("Nothing is no error")
  func empty() throws {
    #expect(try Self.seeds("").count == 0)
    #expect(try Self.seeds("\n# nothing\n").count == 0)
  }
}
