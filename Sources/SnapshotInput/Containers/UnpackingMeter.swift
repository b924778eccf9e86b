/// Counts what was read of an input and what each layer unpacked from it, and holds the two against the limit.
final class UnpackingMeter {
  let limits: UnpackingLimits
  /// Bytes of the input itself, then of each layer inside it. The entries of an archive count as one.
  private var byteCounts: [UInt64]

  init(_ limits: UnpackingLimits) {
    self.limits = limits
    byteCounts = [UInt64](repeating: 0, count: UnpackingLimits.depth + 1)
  }

  /// Adds bytes that came out of the layer at `depth`, where 0 is the input itself; answers whether there may be so many.
  func add(_ count: Int, at depth: Int) -> Bool {
    byteCounts[depth] += UInt64(count)
    guard depth > 0, byteCounts[depth] > UnpackingLimits.harmlessBytes else { return true }
    return byteCounts[depth] / max(1, byteCounts[0]) < limits.ratio
  }
}
