import TestSupport

extension Defect {
  static let freelistIsLeaf = Defect(
    "The meta pages take a leaf for the freelist.", errors: ["page-kind"], findings: [.damagedPage], .error,
    freelist: .stored,
    inImage: { image in
      image.setMetas(.freelist, to: image.secondLeaf.number)
    })
}
