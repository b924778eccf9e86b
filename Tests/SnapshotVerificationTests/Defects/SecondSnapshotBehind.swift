import TestSupport

extension Defect {
  static let secondSnapshotBehind = Defect(
    "A second snapshot follows the SHA-256 of the first.", errors: ["second-snapshot"],
    findings: [.trailingData, .residueUnexplained], .error,
    inFile: { file in
      file += file
    })
}
