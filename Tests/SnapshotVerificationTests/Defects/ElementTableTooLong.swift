import TestSupport

extension Defect {
  static let elementTableTooLong = Defect(
    "A leaf counts more elements than have room in it.", errors: ["element-table"], findings: [.damagedPage], .error,
    inImage: { image in
      image[image.secondLeaf, .count] = 4000
    })
}
