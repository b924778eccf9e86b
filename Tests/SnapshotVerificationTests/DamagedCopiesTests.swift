import Cryptography
import Foundation
import TestSupport
import Testing

@testable import SnapshotVerification
@testable import VerificationModel

/// A few of the many copies that a longer run of the same kind makes, drawn by lot from a fixed seed.
@Suite("Copies of real snapshots that were damaged on their way")
struct DamagedCopiesTests {
  private enum Damage: CaseIterable, Sendable {
    case cut, flipped, zerosBehind, noiseBehind, itselfBehind, sealed, sealedAndCut
  }

  private static let samples = SnapshotFixture.all.filter { $0.description.hasPrefix("samples") }

  /// Whatever is done to it, all three layers are searched, so what is still readable in the copy still fails.
  @Test("None passes while a Secret can be read in it", arguments: samples)
  func copies(_ fixture: SnapshotFixture) throws {
    let intact = try [UInt8](Data(contentsOf: URL(filePath: fixture.path())))
    let verifier = Verifier(policy: Policy())
    let wasPassed = verifier.verify(path: try fixture.path()).verdict == .pass
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: UInt64(intact.count))
    for damage in Damage.allCases {
      for _ in 0..<2 {
        let copy = Self.copy(of: intact, damage, &random)
        let report = verifier.verify(path: try directory.file("copy.db", copy))
        switch damage {
        case .cut, .flipped: #expect(report.verdict == .error, "\(damage)")
        case .zerosBehind, .noiseBehind, .itselfBehind:
          #expect(report.verdict == .fail || report.verdict == .error || wasPassed, "\(damage)")
        case .sealed, .sealedAndCut:
          let isReadable = Data(copy).range(of: Data("CANARY-".utf8)) != nil
          #expect(report.verdict != .pass || wasPassed || !isReadable, "\(damage)")
        }
        if report.verdict == .error { #expect(!report.errors.isEmpty) }
      }
    }
  }

  private static func copy(
    of intact: [UInt8], _ damage: Damage, _ random: inout SeededGenerator
  ) -> [UInt8] {
    let imageBytes = intact.count - 32
    switch damage {
    case .cut: return Array(intact.prefix(random.count(0...imageBytes - 1)))
    case .flipped:
      var copy = intact
      for offset in Set((0..<20).map { _ in random.count(0...imageBytes - 1) }) {
        copy[offset] ^= 1 << UInt8(random.count(0...7))
      }
      return copy
    case .zerosBehind: return intact + [UInt8](repeating: 0, count: random.count(1...10_000))
    case .noiseBehind: return intact + random.bytes(random.count(1...10_000))
    case .itselfBehind: return intact + intact.prefix(random.count(1...intact.count))
    case .sealed:
      var file = SnapshotMutation(intact)
      for _ in 0..<random.count(1...8) { file.mutate(&random) }
      file.sealMetas()
      return sealed(file.bytes.dropLast(32))
    case .sealedAndCut: return sealed(intact.prefix(random.count(3...imageBytes / 4096) * 4096))
    }
  }

  private static func sealed(_ image: ArraySlice<UInt8>) -> [UInt8] {
    let image = Array(image)
    var sum = SHA256()
    // Sound: a byte is initialized memory of any pattern.
    sum.update(unsafe image.span.bytes)
    return image + sum.digest().bytes
  }
}
