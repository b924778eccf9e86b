import TestSupport

extension Defect {
  static let elementsWithGap = Defect(
    "The last row of a leaf begins a byte behind the end of the one before it.", errors: ["elements-not-dense"],
    findings: [.damagedPage, .residueUnexplained], .error,
    inImage: { image in
      let leaf = image.secondLeaf
      let row = image.row(3, of: leaf)
      let bytes = Array(image.bytes[row.key.lowerBound..<row.value.upperBound])
      image.patch(at: row.key.lowerBound, bytes: [0] + bytes)
      image[leaf, row: 3, .position] += 1
    })
}
