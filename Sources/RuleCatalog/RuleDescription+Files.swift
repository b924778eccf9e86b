extension RuleDescription {
  /// What a snapshot's file can be that it must not.
  package static let aboutFiles = [hashMismatch, damagedPage, hashMissing, trailingData, residueUnexplained]

  package static let hashMismatch = RuleDescription(
    "hash-mismatch", .critical, "the SHA-256 at the end of the snapshot does not match its content",
    meaning: "etcd appends the SHA-256 of a snapshot to it. Since then, the file was altered or damaged.",
    importance: "The file is not what etcd wrote, and no verdict about it holds. etcd refuses to restore it.",
    repair: "Don't restore it. Take a new snapshot, verify that, and find out what changed this one.",
    controls: .backups)

  package static let damagedPage = RuleDescription(
    "damaged-page", .critical, "part of the file can't be read as what it must be",
    meaning: "The database refers to a page that is cut off, overwritten or contradictory.",
    importance: "The values in the page are lost, and nothing shows that they were encrypted.",
    repair: "Don't rely on the file as a backup. Take a new snapshot, verify that, and check the disk.",
    controls: .backups)

  package static let hashMissing = RuleDescription(
    "hash-missing", .low, "the file carries no SHA-256, so changes to it can't be detected",
    meaning: "The file is a copy of a member's database, or a snapshot without its last bytes.",
    importance: """
      Damage goes unnoticed, and a copy made while etcd runs may mix transactions. etcd restores it with \
      --skip-hash-check only.
      """,
    repair: "Take backups with etcdctl snapshot save.",
    controls: .backups)

  package static let trailingData = RuleDescription(
    "trailing-data", .low, "bytes follow the snapshot's SHA-256",
    meaning: """
      Something appended bytes to the file after etcd wrote it, or made it far longer than its database: a sparse file \
      may end in a hole of any length.
      """,
    importance: """
      The snapshot itself is what etcd wrote. But some program changed the file, and may do more than append.
      """,
    repair: "Find out which program appended the bytes, and what they are. Take a new snapshot, and keep that.",
    controls: .backups)

  package static let residueUnexplained = RuleDescription(
    "residue-unexplained", .low, "free pages hold bytes of unknown origin",
    meaning: """
      etcd reuses pages without erasing them, so free pages hold what is left of older values. Nearly always, these \
      remains show which object they belonged to. Here they do not: the beginning and the end of the value were \
      overwritten, or another program wrote to the file. The finding names the page and the offset.
      """,
    importance: """
      No sign of a readable Secret was found in these bytes. But where they are text, they may be part of a value that \
      was stored before encryption was switched on.
      """,
    repair: """
      Defragment every member (etcdctl defrag --cluster) and take a new snapshot: it has no free pages. To see what \
      the bytes are, look at the offset with a hex viewer.
      """,
    controls: .inCopies)
}
