import TestSupport

extension Defect {
  static let pageNeverWritten = Defect(
    "A leaf is all zeros.", errors: ["page-id"], findings: [.damagedPage], .error,
    inImage: { image in
      image.patch(page: image.secondLeaf.number, bytes: [UInt8](repeating: 0, count: image.pageSize))
    })
}
