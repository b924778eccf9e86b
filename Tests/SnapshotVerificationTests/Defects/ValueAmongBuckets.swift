import TestSupport

extension Defect {
  static let valueAmongBuckets = Defect(
    "A plain value stands where only buckets can.", errors: ["root-bucket-value"], findings: [.damagedPage], .error,
    inBuckets: { root in
      root.entries.append(.init("zzz", [1, 2, 3]))
    })
}
