public import SnapshotInput

/// What came of one input: reports on the snapshots in it, and what else was found.
public struct InputReport: Sendable {
  /// A report on each snapshot, and on each file that could not be read; at least one, unless all of the input was passed
  /// over.
  public var snapshots: [SnapshotReport] = []
  /// The files in it that were not verified.
  public var passedOver: [PassedOver] = []
  /// When the input was last written to, in seconds since 1970, as the file system has it; nil of what is no regular file.
  public var modified: Int64?
  /// When the snapshots in an archive were last modified, in seconds since 1970, as the archive has it; by their names there.
  public var entriesModified: [String: Int64] = [:]

  /// What was read of one input.
  package init(snapshots: [SnapshotReport] = [], passedOver: [PassedOver] = []) {
    self.snapshots = snapshots
    self.passedOver = passedOver
  }
}

/// What came of one input that was inspected.
public struct InputInspection: Sendable {
  /// An inspection of each snapshot, and of each file that could not be read; at least one, unless all of the input was
  /// passed over.
  public var snapshots: [Inspection] = []
  /// The files in it that were not inspected.
  public var passedOver: [PassedOver] = []

  /// What was read of one input.
  package init(snapshots: [Inspection] = [], passedOver: [PassedOver] = []) {
    self.snapshots = snapshots
    self.passedOver = passedOver
  }
}
