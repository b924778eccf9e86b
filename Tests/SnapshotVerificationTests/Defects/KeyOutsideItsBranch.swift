import TestSupport

extension Defect {
  static let keyOutsideItsBranch = Defect(
    "The first row of a leaf has a revision that belongs into the leaf before it.", errors: ["key-range"],
    findings: [.damagedPage], .error,
    inImage: { image in
      let leaves = image.leafPages(ofBucket: "key")
      let key = Array(image.bytes[image.row(1, of: leaves[0]).key])
      image.patch(at: image.row(0, of: leaves[1]).key.lowerBound, bytes: key)
    })
}
