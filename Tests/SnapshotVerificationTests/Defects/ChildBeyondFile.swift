import TestSupport

extension Defect {
  static let childBeyondFile = Defect(
    "A branch leads behind the last page.", errors: ["page-out-of-bounds"], findings: [.damagedPage], .error,
    inImage: { image in
      image[image.onlyBranch, child: 1, .child] = 1 << 40
    })
}
