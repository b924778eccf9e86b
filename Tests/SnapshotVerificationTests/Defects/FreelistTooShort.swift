import TestSupport

extension Defect {
  static let freelistTooShort = Defect(
    "The freelist leaves out a free page.", errors: ["freelist-incomplete"], findings: [.damagedPage], .error,
    freelist: .stored,
    inImage: { image in
      image[image.freelist, .count] = 1
    })
}
