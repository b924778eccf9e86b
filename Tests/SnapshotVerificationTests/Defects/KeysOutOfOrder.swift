import TestSupport

extension Defect {
  static let keysOutOfOrder = Defect(
    "Two rows of a leaf stand in the wrong order.", errors: ["key-order"], findings: [.damagedPage], .error,
    inImage: { image in
      let leaf = image.secondLeaf
      let (first, second) = (image.row(1, of: leaf).key, image.row(2, of: leaf).key)
      let keys = (first: Array(image.bytes[first]), second: Array(image.bytes[second]))
      image.patch(at: first.lowerBound, bytes: keys.second)
      image.patch(at: second.lowerBound, bytes: keys.first)
    })
}
