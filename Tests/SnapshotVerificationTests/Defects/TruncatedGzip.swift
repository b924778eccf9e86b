import TestSupport

extension Defect {
  static let truncatedGzip = Defect(
    "A snapshot in gzip ends before its end.", errors: ["container-truncated"], .error,
    inFile: { file in
      file = Wrapping.gzip(file).dropLast(4)
    })
}
