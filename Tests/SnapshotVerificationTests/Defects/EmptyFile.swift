import TestSupport

extension Defect {
  static let emptyFile = Defect(
    "Nothing was written.", errors: ["empty-file"], .error,
    inFile: { file in
      file = []
    })
}
