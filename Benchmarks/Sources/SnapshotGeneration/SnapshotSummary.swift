/// What a generated snapshot holds, counted as it was written.
public struct SnapshotSummary: Codable, Hashable, Sendable {
  /// Values of one layer by class.
  public struct Classes: Codable, Hashable, Sendable {
    /// In the clear.
    public var plaintext = 0
    /// Behind the envelope of aescbc.
    public var encrypted = 0
  }

  /// What lies in the free pages.
  public struct Residue: Codable, Hashable, Sendable {
    /// Pages of whole stale leaves.
    public var leafPages: UInt64 = 0
    /// Pages of stale leaves whose first page is gone.
    public var headlessPages: UInt64 = 0
    /// Rows in whole stale leaves. Most of them are in the tree, too.
    public var rows = 0
    /// Those among them that hold a Secret in the clear.
    public var plaintextSecrets = 0
  }

  /// What was asked for.
  public let options: SnapshotOptions
  /// Bytes in the file, its SHA-256 included.
  public internal(set) var bytes: UInt64 = 0
  /// Bytes in a page.
  public let pageSize: Int
  /// The high-water mark.
  public internal(set) var pages: UInt64 = 0
  /// Pages of the trees, and the meta pages.
  public internal(set) var reachablePages: UInt64 = 0
  /// The revision of the last row.
  public internal(set) var revision: Int64 = 0
  /// The revision up to which the history was compacted.
  public internal(set) var compactRevision: Int64 = 0
  /// Rows of all buckets: the total keys of `etcdctl snapshot status` up to etcd 3.5.
  public internal(set) var rows = 0
  /// Rows of bucket `key`.
  public internal(set) var revisions = 0
  /// Those of them that delete their key.
  public internal(set) var tombstones = 0
  /// Keys that exist: the total keys of `etcdutl snapshot status` from etcd 3.6 on.
  public internal(set) var liveKeys = 0
  /// The newest revision of each Secret that exists.
  public internal(set) var liveSecrets = Classes()
  /// Older revisions of Secrets, and all of those that were deleted.
  public internal(set) var historySecrets = Classes()
  /// Revisions of Secrets.
  public var secrets: Int {
    liveSecrets.plaintext + liveSecrets.encrypted + historySecrets.plaintext + historySecrets.encrypted
  }
  /// What lies in the free pages.
  public internal(set) var residue = Residue()

  init(options: SnapshotOptions, pageSize: Int) {
    self.options = options
    self.pageSize = pageSize
  }
}
