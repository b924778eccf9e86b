import TestSupport

extension Defect {
  static let hashMissing = Defect(
    "The SHA-256 was cut off.", findings: [.hashMissing], .pass,
    inFile: { file in
      file.removeLast(32)
    })
}
