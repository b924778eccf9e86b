import TestSupport

extension Defect {
  static let freelistNamesPageInUse = Defect(
    "The freelist names a leaf.", errors: ["freelist-reachable"], findings: [.damagedPage], .error,
    freelist: .stored,
    inImage: { image in
      let leaf = image.leafPages(ofBucket: "key")[3].number
      image.patch(page: image.freelist.number, offset: 24, bytes: [UInt8(leaf)])
    })
}
