import SnapshotReading

/// What the values of one resource and kind come to, held against a configuration: all of them stand to it alike.
struct StandingTally {
  /// How they stand to the file.
  let standing: ConfigurationComparison.Standing
  /// Whether the file would have them written so: by the key or plugin that writes today, or in the clear.
  let isByWriter: Bool
  /// KMS v2: whether the plugin has written under a newer key id since.
  let isUnderOldKeyID: Bool
  /// Whether it is what an API server writes: encrypted, or an object in the clear.
  let isWritten: Bool
  /// Live values that are as the file would have them written today.
  private(set) var written = 0
  private(set) var newest = NewestWrites()

  init(_ standing: ConfigurationComparison.Standing, isByWriter: Bool, isUnderOldKeyID: Bool, isWritten: Bool) {
    self.standing = standing
    self.isByWriter = isByWriter
    self.isUnderOldKeyID = isUnderOldKeyID
    self.isWritten = isWritten
  }

  /// Counts one more value.
  mutating func add(_ candidate: Candidate) {
    if candidate.isLive, isByWriter, !isUnderOldKeyID { written += 1 }
    if isWritten { newest.add(candidate.revision, isByWriter: isByWriter) }
  }
}
