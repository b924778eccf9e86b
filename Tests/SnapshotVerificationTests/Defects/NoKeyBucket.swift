import TestSupport

extension Defect {
  static let noKeyBucket = Defect(
    "There is no bucket `key`.", errors: ["missing-key-bucket"], .error,
    inBuckets: { root in
      root["key"] = nil
    })
}
