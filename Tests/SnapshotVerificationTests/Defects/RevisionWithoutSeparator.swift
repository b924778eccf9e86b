import TestSupport

extension Defect {
  static let revisionWithoutSeparator = Defect(
    "A row's key is no revision.", errors: ["unreadable-row"], findings: [.damagedPage], .error,
    inBuckets: { root in
      root["key"]?.entries.insert(.init([UInt8](repeating: 0, count: 17), []), at: 0)
    })
}
