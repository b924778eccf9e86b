import TestSupport

extension Defect {
  static let leafCountedEmpty = Defect(
    "A leaf counts none of its rows.", findings: [.rowsWithheld, .residueUnexplained], .fail,
    inImage: { image in
      image[image.secondLeaf, .count] = 0
    })
}
