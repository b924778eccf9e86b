import TestSupport

extension Defect {
  static let checksumOfGzip = Defect(
    "A snapshot in gzip has another checksum than its own.", errors: ["container-damaged"], .error,
    inFile: { file in
      file = Wrapping.gzip(file)
      file[file.count - 5] ^= 1
    })
}
