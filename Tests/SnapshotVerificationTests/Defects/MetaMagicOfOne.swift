import TestSupport

extension Defect {
  static let metaMagicOfOne = Defect(
    "One of the two meta pages has lost its magic number.", errors: ["meta-magic"], findings: [.damagedPage], .error,
    inImage: { image in
      image[meta: 0, .magic] = 0
    })
}
