import TestSupport

extension Defect {
  static let flippedByteInLeaf = Defect(
    "One bit of a value was changed after the backup was made.", errors: ["hash-mismatch"],
    findings: [.hashMismatch, .authenticationFailed], .error,
    inFile: { file in
      let image = SoundStore.writer.image(SoundStore.etcd.rootInPages)
      file[image.row(1, of: image.secondLeaf).value.upperBound - 1] ^= 1
    })
}
