import TestSupport

extension Defect {
  static let pageOfTwoParents = Defect(
    "A branch leads to one leaf twice, and to another not at all.", errors: ["page-claimed-twice"],
    findings: [.damagedPage], .error,
    inImage: { image in
      let branch = image.onlyBranch
      image[branch, child: 2, .child] = image[branch, child: 1, .child]
    })
}
