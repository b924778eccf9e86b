import TestSupport

extension Defect {
  static let bytesBehindGzip = Defect(
    "Bytes that belong to nothing follow a snapshot in gzip.", errors: ["container-trailing-data"], .error,
    inFile: { file in
      file = Wrapping.gzip(file) + [UInt8](repeating: 0xAB, count: 100)
    })
}
