import TestSupport

extension Defect {
  static let hashMismatch = Defect(
    "One bit of the SHA-256 was changed.", errors: ["hash-mismatch"], findings: [.hashMismatch], .error,
    inFile: { file in
      file[file.count - 1] ^= 1
    })
}
