import TestSupport

extension Defect {
  static let metaChecksumOfBoth = Defect(
    "Neither meta page has the checksum of what it says.", errors: ["meta-checksum"], .error,
    inImage: { image in
      for number in 0...1 { image[meta: number, .checksum] = 1 }
    })
}
