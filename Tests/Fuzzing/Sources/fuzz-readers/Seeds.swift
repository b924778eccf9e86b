import Foundation
import TestSupport

/// The files to begin with.
enum Seeds {
  /// Writes generated snapshots, half of them with a SHA-256, into a directory.
  static func write(to directory: String) throws {
    let target = URL(filePath: directory)
    for number in 0..<300 as Range<UInt64> {
      let image = GeneratedStore(seed: number).image
      guard image.bytes.count + 32 <= DamagedSnapshot.pipeBytes else { continue }
      let bytes = number % 2 == 0 ? image.bytes : try image.snapshot()
      try Data(bytes).write(to: target.appending(path: "generated-\(number)"))
    }
  }
}
