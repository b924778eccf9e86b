import TestSupport

extension Defect {
  static let bytesBehindTrailer = Defect(
    "Bytes that belong to nothing follow the SHA-256.", findings: [.trailingData, .residueUnexplained], .pass,
    inFile: { file in
      file += [UInt8](repeating: 0xAB, count: 100)
    })
}
