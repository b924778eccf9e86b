/// A Secret of a series.
struct SeriesSecret: Sendable {
  /// What it is called, and how often it was written.
  var object: ClusterObject
  /// How many different values it has had.
  var values: UInt64 = 0
  /// Where its newest row is, as long as it exists.
  var row = 0

  init(object: ClusterObject) { self.object = object }
}
