import SnapshotInput

/// Where in the file a value lies, and so who can read it.
public enum Layer: String, CaseIterable, Hashable, Sendable {
  /// The newest revision of each key that is not deleted: anyone who restores the snapshot reads it.
  case live
  /// Older or deleted revisions that compaction has not removed: readable through etcd's API, by revision.
  case history
  /// Bytes no live page owns: readable with a hex editor.
  case residue

  /// The order in which reports name the layers, from 1.
  package var order: Int {
    switch self {
    case .live: 1
    case .history: 2
    case .residue: 3
    }
  }
}
