import SnapshotInput
import VerificationModel

extension NextStep {
  /// What a file calls for, now that it is known what it is.
  static func after(_ inspection: Inspection) -> NextStep {
    if !inspection.isComplete { return remedy(for: inspection) }
    let question = "To learn whether every Secret in it is encrypted, and which is not:"
    // What came by a pipe is gone: it has to be sent once more.
    let isPiped = inspection.path == InputList.standardInput
    let command =
      (isPiped ? "… | " : "") + "atrest verify \(PrintableText(inspection.path).description.shellWord)"
    return NextStep([caution(about: inspection), question].compactMap(\.self).joined(separator: " "), command: command)
  }

  /// What to know of a file that can be read before it is used as a backup.
  private static func caution(about inspection: Inspection) -> String? {
    if case .present(_, let appendedBytes) = inspection.trailer, appendedBytes > 0 {
      return "Find out what appended bytes to this file after etcd wrote it."
    }
    if inspection.bolt?.origin == .rawCopy {
      return "Take backups with etcdctl snapshot save: a copy made while etcd runs may mix transactions, and carries "
        + "no SHA-256 by which damage is noticed."
    }
    guard case .missing = inspection.file.hash else { return nil }
    return "Without its SHA-256, damage to this file goes unnoticed, and etcd restores it only with --skip-hash-check."
  }

  private static func remedy(for inspection: Inspection) -> NextStep {
    if case .mismatch = inspection.file.hash {
      return NextStep(
        "Don't restore this file: it is not what etcd wrote. Take a new snapshot (etcdctl snapshot save), and find out "
          + "what changed this one.")
    }
    if inspection.isForeign { return NextStep("Check the path: this is a database of another program.") }
    if inspection.bolt != nil {
      return NextStep("Don't rely on this file as a backup: take a new snapshot (etcdctl snapshot save).")
    }
    let codes = Set(inspection.errors.map(\.code))
    if codes.contains("compressed") { return NextStep("Unpack it, and inspect the snapshot inside.") }
    if inspection.path == InputList.standardInput, inspection.file.bytes == 0, inspection.file.containers.isEmpty {
      return standardInput
    }
    if codes.contains("empty-file") { return NextStep("Find out why the backup that wrote this file failed.") }
    return inspection.file.bytes == 0
      ? NextStep("Check the path, what lies there, and that you may read it.")
      : NextStep("Check that this is an etcd snapshot. If it was meant to be one, take a new one.")
  }
}
