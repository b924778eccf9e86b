import TestSupport

extension Defect {
  static let leafWithFlagOfFreelist = Defect(
    "A leaf has the flag of a freelist.", errors: ["page-kind"], findings: [.damagedPage], .error,
    inImage: { image in
      image[image.secondLeaf, .flags] = 0x10
    })
}
