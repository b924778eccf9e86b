import TestSupport

extension Defect {
  static let metaVersionOfOne = Defect(
    "One of the two meta pages says a version that there is not.", errors: ["meta-version"], findings: [.damagedPage],
    .error,
    inImage: { image in
      image[meta: 0, .version] = 3
      image.sealMeta(0)
    })
}
