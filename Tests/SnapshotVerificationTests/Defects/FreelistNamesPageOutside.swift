import TestSupport

extension Defect {
  static let freelistNamesPageOutside = Defect(
    "The freelist names a page behind the last one.", errors: ["freelist-id"], findings: [.damagedPage], .error,
    freelist: .stored,
    inImage: { image in
      image.patch(page: image.freelist.number, offset: 24, bytes: [UInt8(image.highWater)])
    })
}
