import SnapshotGeneration

/// Holds results against those of an earlier time: not the times, which depend on the machine, but the ratios.
public struct Comparison: Sendable {
  /// A ratio, then and now.
  public struct Change: Hashable, Sendable {
    /// Which target.
    public let title: String
    /// On which mix, and at which size.
    public let file: String
    /// Then.
    public let before: Double
    /// Now; nil when it could not be measured any more.
    public let now: Double?

    /// How many times as much as then.
    public var factor: Double? { now.map { $0 / before } }
  }

  /// Every ratio that was measured then, of what was run now too.
  public let changes: [Change]
  /// The greatest factor that is let pass.
  public let threshold: Double

  /// Compares `now` with `before`.
  public init(_ now: Results, with before: Results, threshold: Double) {
    self.threshold = threshold
    changes = before.targets.compactMap { old in
      guard let target = Target.all.first(where: { $0.id == old.target }),
        target.wasTried(old.mix, size: old.size, now.files)
      else { return nil }
      let new = now.targets.first { ($0.target, $0.mix, $0.size) == (old.target, old.mix, old.size) }
      return Change(title: target.title, file: old.fileName, before: old.ratio.median, now: new?.ratio.median)
    }
  }

  /// Whether `change` is for the worse by more than the threshold, or can't be told.
  public func isWorse(_ change: Change) -> Bool { change.factor.map { $0 > threshold } ?? true }

  /// Whether any change is for the worse.
  public var fails: Bool { changes.contains(where: isWorse) }

  /// A table of all changes.
  public var text: String {
    var table = TextTable(["ratio", "file", "before", "now", "change"])
    for change in changes {
      let factor = change.factor.map { "×\($0.text(2))\(isWorse(change) ? " WORSE" : "")" } ?? "LOST"
      table.append([change.title, change.file, change.before.text(3), change.now?.text(3) ?? "-", factor])
    }
    guard !changes.isEmpty else { return "Nothing to compare: nothing was measured both times.\n" }
    return "\(table.text)\n\(fails ? "Some" : "None") became worse by more than ×\(threshold.text(2)).\n"
  }
}
