import TestSupport

extension Defect {
  static let cutInsidePage = Defect(
    "The file ends inside a page.", errors: ["truncated", "page-out-of-bounds", "missing-key-bucket"],
    findings: [.damagedPage, .hashMissing, .residueUnexplained], .error,
    inFile: { file in
      file.removeLast(1000)
    })
}
