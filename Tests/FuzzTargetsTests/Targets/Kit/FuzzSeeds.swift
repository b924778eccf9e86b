import Foundation
import TestSupport

/// Seeds that several targets begin with.
enum FuzzSeeds {
  /// So many generated snapshots, half of them with a SHA-256, and a real one; none longer than `limit`.
  static func snapshots(_ count: Int, atMost limit: Int) -> [[UInt8]] {
    var seeds: [[UInt8]] = []
    for number in 0..<1000 as Range<UInt64> where seeds.count < count {
      let image = GeneratedStore(seed: number).image
      guard image.bytes.count + 32 <= limit else { continue }
      seeds.append(number % 2 == 0 ? image.bytes : image.bytes + SnapshotDigest.of(image.bytes))
    }
    if let real = file("Tests/TestSupport/Fixtures/small-snapshot.db"), real.count <= limit { seeds.append(real) }
    return seeds
  }

  /// Values as API servers store them, and damaged, forged and moved ones.
  static let values: [[UInt8]] = (EnvelopeVector.positive + EnvelopeVector.negative).map(\.stored)

  /// What is encrypted in the values.
  static let objects: [[UInt8]] = Set(EnvelopeVector.positive.compactMap(\.plaintextHex)).sorted().map {
    [UInt8](hex: $0)
  }

  /// A file of the repository.
  static func file(_ path: String) -> [UInt8]? {
    // This file lies in Tests/FuzzTargetsTests/Targets/Kit.
    var root = URL(filePath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<5 { root.deleteLastPathComponent() }
    return (try? Data(contentsOf: root.appending(path: path))).map { [UInt8]($0) }
  }

  /// The lines of `texts` as words.
  static func words(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}
