/// What is in a real snapshot, found without `atrest`: the contents of a fixture's `truth.json`.
///
/// A separate reader of the bbolt layout wrote it, and checked it row by row against `etcdctl` and bbolt's library.
public struct Truth: Decodable, Sendable {
  /// The story's name, such as `03-aescbc-mixed`.
  public let scenario: String
  /// Bytes in the file.
  public let size: UInt64
  /// SHA-256 of the whole file, its trailer included, in hex.
  public let sha256: String
  /// The SHA-256 at the end of the file.
  public let trailingHash: TrailingHash
  /// The bbolt file.
  public let bbolt: Bolt
  /// Rows of each top-level bucket.
  public let buckets: [String: Int]
  /// Pages of the tree by kind.
  public let pagesKinds: PageKinds
  /// The rows of bucket `meta`, values in hex.
  public let metaBucket: [String: String]
  /// Figures of bucket `key`.
  public let mvcc: Store
  /// `<provider>:<key name>` of the keys the truth was decrypted with.
  public let keysLoaded: [String]
  /// The newest revision of each key that is not deleted.
  public let latest: Latest
  /// Superseded and deleted rows.
  public let history: History
  /// What lies where no row does.
  public let residue: Residue
  /// What was done to values by hand.
  public let tampered: [Tampering]?

  /// The SHA-256 at the end of the file.
  public struct TrailingHash: Decodable, Sendable {
    /// The file's length says there is one.
    public let presentBySize: Bool
    /// It is that of the bytes before it.
    public let valid: Bool
  }

  /// The bbolt file.
  public struct Bolt: Decodable, Sendable {
    /// Bytes per page.
    public let pageSize: Int
    /// Whole pages in the file.
    public let pages: UInt64
    /// Both meta pages.
    public let metas: [Meta]
    /// Whether a freelist is stored.
    public let freelistSynced: Bool
  }

  /// A meta page.
  public struct Meta: Decodable, Sendable {
    /// Its number, 0 or 1.
    public let page: Int
    /// Whether it can be used.
    public let ok: Bool
    /// First page of the root bucket.
    public let root: UInt64
    /// The first page never allocated.
    public let highWater: UInt64
    /// The transaction's number.
    public let txid: UInt64
  }

  /// Pages of the tree by kind.
  public struct PageKinds: Decodable, Sendable {
    /// Leaves, inline buckets included.
    public let leaf: Int
    /// Branches.
    public let branch: Int
    /// Leaves and branches that take several pages.
    public let withOverflow: Int
  }

  /// Figures of bucket `key`.
  public struct Store: Decodable, Sendable {
    /// The greatest main revision.
    public let maxRevisionInKeyBucket: Int64
    /// Rows.
    public let revisionRecords: Int
    /// Rows that delete a key.
    public let tombstones: Int
    /// Keys that exist.
    public let liveKeys: Int
    /// The last finished compaction; nil when there was none.
    public let finishedCompactRev: Int64?
  }

  /// The newest revision of each key that is not deleted.
  public struct Latest: Decodable, Sendable {
    /// Values by the directory of their keys, then by class.
    public let byPrefix: [String: Directory]
    /// Keys of core Secrets that are plaintext, those behind an envelope's prefix apart.
    public let secretsPlaintextKeys: [String]
    /// Core Secrets that are neither plaintext nor sound envelopes.
    public let secretsMalformedOrUnrecognised: [OddValue]
    /// Keys whose canary can be read although their class is not plaintext.
    public let secretsWithReadableCanaryButNotInPlaintextKeys: [String]
    /// What came of decrypting them with the configured keys.
    public let decryptCheck: DecryptCheck?
  }

  /// What came of decrypting live values.
  public struct DecryptCheck: Decodable, Sendable {
    /// Values by `<provider>:<key name> ok`, or `FAILED`.
    public let counts: [String: Int]
  }

  /// What lies directly in one directory.
  public struct Directory: Decodable, Sendable {
    /// Values.
    public let total: Int
    /// Values by class.
    public let classes: [String: Int]
  }

  /// A value that is neither plaintext nor a sound envelope.
  public struct OddValue: Decodable, Sendable {
    /// Its etcd key.
    public let key: String
    /// Its class, without details.
    public let `class`: String
  }

  /// Superseded and deleted rows.
  public struct History: Decodable, Sendable {
    /// Rows by the directory of their keys, then by class.
    public let supersededByPrefix: [String: [String: Int]]
    /// Plaintext rows of core Secrets.
    public let secretPlaintextRecords: Int
    /// Their keys.
    public let secretKeysWithPlaintextHistoryList: [String]
  }

  /// What lies where no row does.
  public struct Residue: Decodable, Sendable {
    /// Pages the newest meta reaches, both metas included.
    public let reachablePages: UInt64
    /// The other pages of the file.
    public let unreachablePages: UInt64
    /// Different canaries by where raw search finds them; nil where none was looked for.
    public let distinctCanaries: Canaries?
  }

  /// Different canaries by where they lie.
  public struct Canaries: Decodable, Sendable {
    /// In pages that the newest meta does not reach.
    public let unreachablePage: Int
  }

  /// What was done to one value by hand.
  public struct Tampering: Decodable, Sendable {
    /// A letter, and what was done.
    public let kind: String
    /// The value's etcd key.
    public let key: String
  }
}
