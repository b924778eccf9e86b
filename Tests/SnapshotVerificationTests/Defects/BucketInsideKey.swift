import TestSupport

extension Defect {
  static let bucketInsideKey = Defect(
    "Bucket `key` holds a bucket.", errors: ["nested-bucket"], findings: [.damagedPage], .error,
    inBuckets: { root in
      root["key"]?["z"] = BoltBucket()
    })
}
