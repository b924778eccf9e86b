import TestSupport

extension Defect {
  static let secretBehindFreelist = Defect(
    "A Secret in the clear lies behind the entries of the freelist.", findings: [.plaintextElsewhere], .fail,
    freelist: .stored,
    inImage: { image in
      image.patch(page: image.freelist.number, offset: 1500, bytes: StoredSecret.plaintext())
    })
}
