extension RuleDescription {
  /// What a snapshot's file can be that it must not.
  package static let aboutFiles = [hashMismatch, damagedPage, hashMissing, trailingData, residueUnexplained]

  package static let hashMismatch = RuleDescription(
    "hash-mismatch", .critical, "the SHA-256 at the end of the snapshot does not match its content",
    meaning: "etcd appends the SHA-256 of a snapshot to it. Since then, the file was altered or damaged.",
    importance: "What is read in it is not what etcd wrote, and no verdict about it holds. etcd refuses to restore it.",
    repair: "Don't restore it. Take a new snapshot, verify that, and find out what changed this one.",
    controls: .backups)

  package static let damagedPage = RuleDescription(
    "damaged-page", .critical, "part of the file can't be read as what it must be",
    meaning: "A page that the database refers to is cut off, overwritten or contradictory.",
    importance: "What lay there is lost, and nobody can say that it was encrypted.",
    repair: "Don't rely on the file as a backup. Take a new snapshot, verify that, and check the disk.",
    controls: .backups)

  package static let hashMissing = RuleDescription(
    "hash-missing", .low, "the file carries no SHA-256, so changes to it can't be detected",
    meaning: "It is a copy of a member's database, or a snapshot whose last bytes are lost.",
    importance: """
      Damage goes unnoticed, and a copy made while etcd runs may mix transactions. etcd restores it with \
      --skip-hash-check only.
      """,
    repair: "Take backups with etcdctl snapshot save.",
    controls: .backups)

  package static let trailingData = RuleDescription(
    "trailing-data", .low, "bytes follow the snapshot's SHA-256",
    meaning: "Something appended to the file after etcd wrote it.",
    importance: "The content is what etcd wrote, but the file went through something that changes files.",
    repair: "Find out what appended to it, and what it is.",
    controls: .backups)

  package static let residueUnexplained = RuleDescription(
    "residue-unexplained", .low, "free pages hold bytes of unknown origin",
    meaning: """
      etcd reuses pages without erasing them, so free pages hold what is left of older values. Nearly always the rest of a \
      value shows what it belonged to. Here it does not: both its beginning and its end were written over, or something \
      other than etcd wrote to the file. The finding names the page and the offset.
      """,
    importance: """
      No sign of a readable Secret was found in these bytes. But where they are text, they may be part of a value that was \
      stored before encryption was switched on.
      """,
    repair: """
      Defragment every member (etcdctl defrag --cluster) and take a new snapshot: it has no free pages. To see what the \
      bytes are, look at the offset with a hex viewer.
      """,
    controls: .inCopies)
}
