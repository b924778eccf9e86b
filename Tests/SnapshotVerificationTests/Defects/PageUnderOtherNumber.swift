import TestSupport

extension Defect {
  static let pageUnderOtherNumber = Defect(
    "A leaf says that it is another page.", errors: ["page-id"], findings: [.damagedPage], .error,
    inImage: { image in
      image[image.secondLeaf, .id] = 77
    })
}
