import Foundation
import TestSupport
import Testing

/// What fuzzing begins with, and what it ever found, holds.
@Suite("Fuzz targets")
struct FuzzTargetsTests {
  private static let names = FuzzTargets.all.map { $0.name }

  @Test(arguments: names)
  func `nothing is wrong with the seeds of a target`(name: String) throws {
    let target = try #require(FuzzTargets.named(name))
    let seeds = try target.seeds()
    #expect(!seeds.isEmpty)
    for (number, seed) in seeds.enumerated() {
      #expect(seed.count <= target.longestInput, "seed \(number)")
      #expect(try target.complaints(about: seed) == [], "seed \(number)")
    }
  }

  @Test(arguments: names)
  func `what once was wrong with a target's input is right`(name: String) throws {
    let target = try #require(FuzzTargets.named(name))
    for file in try Regressions.files(of: name) {
      #expect(try target.complaints(about: [UInt8](Data(contentsOf: file))) == [], "\(file.lastPathComponent)")
    }
  }

  /// Changes that know the format must not lose what they change.
  @Test(arguments: names)
  func `mutations of seeds stay within their limit, and nothing is wrong with them`(name: String) throws {
    let target = try #require(FuzzTargets.named(name))
    var random = SeededGenerator(seed: 1)
    for seed in try target.seeds().prefix(12) {
      var bytes = seed
      for _ in 0..<4 {
        var byteRandom = SeededGenerator(seed: random.next())
        bytes = target.mutated(bytes, atMost: target.longestInput, &random) { bytes, limit in
          ByteChanges.changed(bytes, atMost: limit, &byteRandom)
        }
        #expect(bytes.count <= target.longestInput)
        #expect(try target.complaints(about: bytes) == [], "\(Data(bytes).base64EncodedString())")
      }
    }
  }

  @Test func `every folder of inputs that failed belongs to a target`() throws {
    #expect(Set(try Regressions.folders()).subtracting(Self.names) == [])
    #expect(Set(Self.names).count == Self.names.count)
  }
}
