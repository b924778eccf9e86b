import TestSupport

extension Defect {
  static let pageOfNoKind = Defect(
    "A leaf has no flag that tells its kind.", errors: ["page-flags"], findings: [.damagedPage], .error,
    inImage: { image in
      image[image.secondLeaf, .flags] = 0
    })
}
