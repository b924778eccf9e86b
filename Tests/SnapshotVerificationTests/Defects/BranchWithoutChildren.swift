import TestSupport

extension Defect {
  static let branchWithoutChildren = Defect(
    "A branch counts no elements.", errors: ["empty-branch"], findings: [.damagedPage, .residueUnexplained], .error,
    inImage: { image in
      image[image.onlyBranch, .count] = 0
    })
}
