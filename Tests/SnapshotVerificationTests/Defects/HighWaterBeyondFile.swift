import TestSupport

extension Defect {
  static let highWaterBeyondFile = Defect(
    "The meta pages count more pages than the file has.", errors: ["truncated"],
    findings: [.damagedPage, .residueUnexplained], .error,
    inImage: { image in
      image.setMetas(.highWater, to: image.highWater + 8)
    })
}
