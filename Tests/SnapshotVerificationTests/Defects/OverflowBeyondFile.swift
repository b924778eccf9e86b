import TestSupport

extension Defect {
  static let overflowBeyondFile = Defect(
    "A leaf claims pages behind the last one.", errors: ["overflow-out-of-bounds"], findings: [.damagedPage], .error,
    inImage: { image in
      image[image.secondLeaf, .overflow] = 0xFFFF_FFFF
    })
}
