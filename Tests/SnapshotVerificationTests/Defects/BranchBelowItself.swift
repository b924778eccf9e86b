import TestSupport

extension Defect {
  static let branchBelowItself = Defect(
    "A branch leads to itself.", errors: ["page-claimed-twice"], findings: [.damagedPage], .error,
    inImage: { image in
      image[image.onlyBranch, child: 1, .child] = image.onlyBranch.number
    })
}
