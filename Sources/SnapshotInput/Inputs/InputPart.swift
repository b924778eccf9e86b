/// One file of an input, as far as it matters.
public enum InputPart {
  /// A database; or an unknown file, which may be a damaged one.
  case snapshot(SnapshotStream)
  /// A file that belongs beside snapshots: see ``FileContent/isCompanion``.
  case companion(FileContent, SnapshotStream)
  /// An entry of an archive that has no bytes of its own.
  case passedOver(PassedOver)
}
