import TestSupport

extension Defect {
  static let valueBeyondPage = Defect(
    "A row's value ends behind its page.", errors: ["element-out-of-bounds"], findings: [.damagedPage, .rowsWithheld],
    .error,
    inImage: { image in
      image[image.secondLeaf, row: 3, .valueSize] = 0x7FFF_FFFF
    })
}
