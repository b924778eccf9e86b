import TestSupport

extension Defect {
  static let freelistNamesPageTwice = Defect(
    "The freelist names one page twice.", errors: ["freelist-order"], findings: [.damagedPage], .error,
    freelist: .stored,
    inImage: { image in
      image.patch(page: image.freelist.number, offset: 24, bytes: [3])
    })
}
