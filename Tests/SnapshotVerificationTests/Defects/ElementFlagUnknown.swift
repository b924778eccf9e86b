import TestSupport

extension Defect {
  static let elementFlagUnknown = Defect(
    "A row has a flag that has no meaning.", errors: ["element-flags"], findings: [.damagedPage], .error,
    inImage: { image in
      image[image.secondLeaf, row: 2, .flags] = 2
    })
}
