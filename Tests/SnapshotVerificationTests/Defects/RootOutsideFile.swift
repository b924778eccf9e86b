import TestSupport

extension Defect {
  static let rootOutsideFile = Defect(
    "The root bucket lies behind the last page.", errors: ["meta-root"], .error,
    inImage: { image in
      image.setMetas(.root, to: image.highWater)
    })
}
