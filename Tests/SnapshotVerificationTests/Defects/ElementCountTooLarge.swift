import TestSupport

extension Defect {
  static let elementCountTooLarge = Defect(
    "A leaf counts more elements than bbolt ever writes.", errors: ["element-count"], findings: [.damagedPage], .error,
    inImage: { image in
      image[image.secondLeaf, .count] = 0xFFFF
    })
}
