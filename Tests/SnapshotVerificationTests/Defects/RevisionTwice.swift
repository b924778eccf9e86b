import TestSupport

extension Defect {
  static let revisionTwice = Defect(
    "Two rows of a leaf have one revision.", errors: ["key-order"], findings: [.damagedPage], .error,
    inImage: { image in
      let leaf = image.secondLeaf
      let key = Array(image.bytes[image.row(1, of: leaf).key])
      image.patch(at: image.row(2, of: leaf).key.lowerBound, bytes: key)
    })
}
