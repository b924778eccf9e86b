import TestSupport

/// A row of bucket `key` in a series: a value of a Secret, or that it was deleted.
struct SeriesRow: Sendable {
  /// The row as it is stored.
  let row: BoltPageEncoder.Row
  /// The place of its Secret.
  let secret: Int
  /// The main revision.
  let revision: Int64
  /// Whether its value is in the clear.
  let isPlaintext: Bool
  /// Whether it says that the Secret was deleted.
  let isTombstone: Bool
  /// The revision at which the Secret was written again or deleted; 0 as long as it wasn't.
  var replacement: Int64 = 0

  init(
    _ row: BoltPageEncoder.Row, secret: Int, revision: Int64, isPlaintext: Bool = false, isTombstone: Bool = false
  ) {
    self.row = row
    self.secret = secret
    self.revision = revision
    self.isPlaintext = isPlaintext
    self.isTombstone = isTombstone
  }

  /// Whether it is the newest value of a Secret that exists.
  var isLive: Bool { replacement == 0 && !isTombstone }

  /// Whether it was live at `revision` and is no more.
  func replacedAfter(_ revision: Int64) -> Bool { replacement > revision }
}
