import TestSupport

extension Defect {
  static let cutInsideTrailer = Defect(
    "The file ends inside its SHA-256.", errors: ["trailer-truncated"], findings: [.hashMissing], .error,
    inFile: { file in
      file.removeLast(20)
    })
}
