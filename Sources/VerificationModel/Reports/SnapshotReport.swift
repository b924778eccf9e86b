import BoltFormat
public import Cryptography
import KubernetesStorage
import RuleCatalog
import SnapshotInput

/// All that was found out about one snapshot.
public struct SnapshotReport: Sendable {
  /// The path as the caller gave it.
  public package(set) var path: String
  /// The file: size and SHA-256.
  public var file: FileSummary
  /// The bbolt structure; nil when no meta page could be read.
  public var bolt: BoltSummary?
  /// The key-value store; nil when bucket `key` was not found.
  public var etcd: EtcdSummary?
  /// Of which cluster it is; nil where the buckets that would tell are not there.
  public var cluster: ClusterIdentity?
  /// The etcd prefixes found, or the one given.
  public var prefixes: [EtcdPrefix] = []
  /// What is in scope: one entry for each resource and prefix.
  public var resources: [ResourceSummary] = []
  /// How many encrypted values were decrypted and found authentic; nil where no keys were asked.
  public var authentication: Authentication?
  /// The encryption keys in use, one entry for each provider, name and key id. With a configuration also those of its keys
  /// that no value needs.
  public var encryption: [KeyUse] = []
  /// The pages that none in use owns, by what is known of them; nil when they were not examined.
  public var residue: ResidueSummary?
  /// What the file's pages hold, in a picture; nil when no meta page could be read.
  public var pageMap: PageMap?
  /// Why something could not be verified.
  public var errors: [VerificationError] = []
  /// Errors beyond those listed in ``errors``.
  public var errorsOmitted = 0
  /// What was found, most severe first.
  public var findings: [Finding] = []
  /// The distinct objects that can be read from the file.
  public var exposed = ExposureList()
  /// The exact number of findings by rule, listed or not.
  public var findingCounts: [Rule: Int] = [:]
  /// Of ``findingCounts``, those about a layer.
  public var layerCounts: [Layer: [Rule: Int]] = [:]
  /// The greatest severity among the findings of each rule.
  public var severities: [Rule: Severity] = [:]
  /// What was found and is waived by the policy, most severe first. The counts and the verdict leave it out.
  public var waived: [Finding] = []
  /// The exact number of findings that are waived by rule, listed or not.
  public var waivedCounts: [Rule: Int] = [:]
  /// Resources of the policy that nothing in the snapshot tells of: not built in, defined by no
  /// CustomResourceDefinition in the clear, and without any key.
  public var unknownResources: [GroupResource] = []
  /// The custom resources that CustomResourceDefinitions in the clear define; read when the policy asks for one.
  public var definedResources: [GroupResource] = []
  /// The answer under the policy.
  public var verdict: Verdict

  /// Findings beyond those listed in ``findings``.
  public var findingsOmitted: Int { findingCounts.values.reduce(0, +) - findings.count }
  /// Waived findings beyond those listed in ``waived``.
  public var waivedOmitted: Int { waivedCounts.values.reduce(0, +) - waived.count }

  /// A report that says nothing but that the file at `path` has `bytes` bytes.
  public init(path: String, file: FileSummary, verdict: Verdict) {
    self.path = path
    self.file = file
    self.verdict = verdict
  }

  /// Files of the same member of etcd that were not examined: its write-ahead logs.
  public var unexamined: [PassedOver] = []

  /// Whether the file is something else than a database: not even damaged, as far as can be seen. An empty file is not: it
  /// is what a failed backup leaves behind.
  public var isUnrecognized: Bool {
    let codes = [
      BoltError.Code.notBolt.rawValue, BoltError.Code.fileTooShort.rawValue, InputError.Code.noSnapshot.rawValue,
      InputError.Code.notSnapshot.rawValue,
    ]
    return bolt == nil && !errors.isEmpty && errors.allSatisfy { codes.contains($0.code) }
  }

  /// Whether this is about a file that is no snapshot, but lies beside some and gives something away.
  public var isAboutCompanion: Bool { bolt == nil && errors.isEmpty && file.content?.isCompanion == true }

  /// A report that says that none of `inputs` holds a snapshot.
  public static func noSnapshots(in inputs: [String]) -> SnapshotReport {
    var report = SnapshotReport(path: inputs.joined(separator: " "), file: .init(bytes: 0), verdict: .error)
    report.errors = [VerificationError(code: "no-snapshots", message: "no snapshot among the files found")]
    return report
  }

  /// The file a snapshot lies in.
  public struct FileSummary: Sendable, Hashable {
    /// Size of the bbolt image and its trailer, in bytes.
    public var bytes: UInt64
    /// The containers and compressions around it, outermost first; none of a plain file.
    public var containers: [Container] = []
    /// Its name inside a zip or tar archive.
    public var member: String?
    /// What the file is, where that is known and is no snapshot.
    public var content: FileContent?
    /// What became of the SHA-256; nil when the file was not examined that far.
    public var hash: HashCheck?
    /// The SHA-256 of all ``bytes``; nil where not all were read, or it was not taken.
    public var digest: SHA256Digest?

    /// A file of `bytes` bytes.
    public init(bytes: UInt64, hash: HashCheck? = nil) {
      self.bytes = bytes
      self.hash = hash
    }
  }

  /// The outcome of holding the file against the SHA-256 at its end; digests are 64 lower-case hex digits.
  public enum HashCheck: Sendable, Hashable {
    /// It is that of the file.
    case match(digest: String)
    /// The file has another one than stands at its end.
    case mismatch(computed: String, embedded: String)
    /// None stands at the end of the file, which has this one.
    case missing(computed: String)
    /// It was not computed.
    case skipped
  }

  /// The bbolt file as its meta pages describe it.
  public struct BoltSummary: Sendable, Hashable {
    /// Bytes in a page.
    public let pageSize: Int
    /// The high-water mark: pages that were ever allocated.
    public let pages: UInt64
    /// Pages the meta reaches, both meta pages and a stored freelist included.
    public let reachablePages: UInt64
    /// The transaction that wrote the chosen meta.
    public let txid: UInt64
    /// Whether the meta names a freelist page.
    public let freelistStored: Bool
    /// How the file came to be.
    public let origin: Origin

    /// Whole pages of the file that the meta does not reach, those beyond the high-water mark included.
    public let unreachablePages: UInt64

    /// A summary of the given figures.
    public init(
      pageSize: Int, pages: UInt64, reachablePages: UInt64, unreachablePages: UInt64, txid: UInt64,
      freelistStored: Bool, origin: Origin
    ) {
      self.pageSize = pageSize
      self.pages = pages
      self.reachablePages = reachablePages
      self.unreachablePages = unreachablePages
      self.txid = txid
      self.freelistStored = freelistStored
      self.origin = origin
    }
  }

  /// How a file came to be, judged by its two meta pages and its length.
  public enum Origin: String, Sendable {
    /// Written by etcd's snapshot call (bbolt `WriteTo`): both metas name the same root.
    case snapshot
    /// Copied from a member's data directory: the metas belong to two transactions.
    case rawCopy = "raw-copy"
    /// The meta pages and the length fit neither.
    case unknown
  }

  /// The key-value store as a whole.
  public struct EtcdSummary: Sendable, Hashable {
    /// The greatest main revision of a row.
    public var revision: Int64
    /// The revision up to which the history was compacted; 0 when it never was.
    public var compactRevision: Int64
    /// Rows in bucket `key`, tombstones included.
    public var revisions: Int
    /// Rows that delete their key.
    public var tombstones: Int
    /// Distinct keys of the whole store whose newest row is no tombstone.
    public var liveKeys: Int
    /// The storage version, such as `3.6.0`, or the one the schema implies, such as `3.5`.
    public var version: String?
    /// Rows that are not what etcd writes.
    public var unreadableRows: Int
    /// Of ``liveKeys``, those in scope.
    public var liveKeysInScope: Int

    /// A summary of the given figures.
    public init(
      revision: Int64, compactRevision: Int64, revisions: Int, tombstones: Int, liveKeys: Int, version: String?,
      unreadableRows: Int, liveKeysInScope: Int
    ) {
      self.revision = revision
      self.compactRevision = compactRevision
      self.revisions = revisions
      self.tombstones = tombstones
      self.liveKeys = liveKeys
      self.version = version
      self.unreadableRows = unreadableRows
      self.liveKeysInScope = liveKeysInScope
    }
  }

  /// One resource in scope under one etcd prefix.
  public struct ResourceSummary: Sendable, Hashable {
    /// The group resource, such as `secrets`.
    public package(set) var resource: String
    /// The etcd prefix it lies under.
    public package(set) var prefix: EtcdPrefix
    /// The newest row of each key that is not deleted.
    public var live: ClassCounts
    /// Superseded and deleted rows; tombstones themselves are not counted.
    public var history: ClassCounts
    /// What lies in the clear in bytes that no page in use owns; nil when they were not examined.
    public var residue: ResidueCounts?
    /// With a configuration: how it stands to that.
    public var rotation: Rotation?
    /// What the newest value of all, live or old, is; nil where no API server wrote one.
    public var newestWrite: NewestWrite?
    /// Whether a value was written in the clear after another one had been encrypted.
    public var hasPlaintextAfterEncrypted = false

    /// A resource with nothing counted yet.
    public init(resource: String, prefix: EtcdPrefix, live: ClassCounts = .init(), history: ClassCounts = .init()) {
      self.resource = resource
      self.prefix = prefix
      self.live = live
      self.history = history
    }
  }

  /// What an API server made of the newest value of a resource: by this, what it does with the next one is judged.
  public enum NewestWrite: Sendable, Hashable {
    /// A value that is encrypted.
    case encrypted
    /// A value in plaintext.
    case inTheClear
  }

  /// What came of decrypting the encrypted values in scope, in the layers examined.
  public struct Authentication: Sendable, Hashable {
    /// Values that were decrypted and found to be what they must be.
    public let authenticated: Int
    /// Values that are encrypted, by their envelope.
    public let encrypted: Int

    /// The given figures.
    public init(authenticated: Int, encrypted: Int) {
      self.authenticated = authenticated
      self.encrypted = encrypted
    }
  }

  /// Objects of a resource in the clear in bytes that no page in use owns.
  public struct ResidueCounts: Sendable, Hashable {
    /// Objects that could be recovered, each revision of each key once.
    public var objects = 0
    /// Of ``objects``, those that can be read as live or history too.
    public var alsoReadable = 0
    /// Signs of objects that could not be recovered.
    public var fragments = 0

    /// None.
    public init() {}

    /// What only these bytes still tell: objects and fragments.
    public var exposures: Int { objects - alsoReadable + fragments }
  }

  /// The pages that none in use owns, by what is known of them.
  public struct ResidueSummary: Sendable, Hashable {
    /// Without a byte that is not zero.
    public let zeroPages: UInt64
    /// All of whose bytes are accounted for: old pages of the database, rows of whatever resource, and what is left of
    /// them.
    public let explainedPages: UInt64
    /// Of ``explainedPages``, those with ciphertext, or other bytes without any text, whose beginning was written over.
    public let ciphertextPages: UInt64
    /// Of ``explainedPages``, those with part of a Secret in the clear whose beginning was written over.
    public let secretPages: UInt64
    /// Of ``explainedPages``, those with part of another object whose beginning was written over.
    public let otherObjectPages: UInt64
    /// Those with bytes that are neither zero nor accounted for, in ascending order; slack of pages in use counts too.
    public let unexplained: [UnexplainedPage]

    /// The number of ``unexplained``.
    public var unexplainedPages: UInt64 { UInt64(unexplained.count) }
    /// Of ``unexplained``, those in which such bytes are text, or something else that is no ciphertext.
    public var unexplainedReadablePages: UInt64 { UInt64(unexplained.count(where: \.isReadable)) }

    /// The given figures.
    public init(
      zeroPages: UInt64, explainedPages: UInt64, unexplained: [UnexplainedPage] = [], ciphertextPages: UInt64 = 0,
      secretPages: UInt64 = 0, otherObjectPages: UInt64 = 0
    ) {
      self.zeroPages = zeroPages
      self.explainedPages = explainedPages
      self.unexplained = unexplained
      self.ciphertextPages = ciphertextPages
      self.secretPages = secretPages
      self.otherObjectPages = otherObjectPages
    }
  }

  /// A page with bytes that nothing accounts for.
  public struct UnexplainedPage: Sendable, Hashable {
    /// The page.
    public let page: PageID
    /// Where in the file the first of these bytes lies.
    public let offset: ByteOffset
    /// Whether they are text, or something else that is no ciphertext.
    public let isReadable: Bool

    /// The given page.
    public init(page: PageID, offset: ByteOffset, isReadable: Bool) {
      self.page = page
      self.offset = offset
      self.isReadable = isReadable
    }

    /// The first place of this and `other`, which lies on the same page.
    package func joined(with other: UnexplainedPage) -> UnexplainedPage {
      UnexplainedPage(page: page, offset: min(offset, other.offset), isReadable: isReadable || other.isReadable)
    }
  }

  /// One encryption key, and how many values in scope need it.
  public struct KeyUse: Sendable, Hashable {
    /// What encrypts.
    public let provider: Provider
    /// The name of the key, or of the KMS plugin.
    public package(set) var name: String
    /// KMS v2: the key-encryption key.
    public package(set) var keyID: String?
    /// Live values that need it.
    public var live: Int
    /// Superseded and deleted values that need it.
    public var history: Int
    /// The main revision of the newest value that needs it; nil when there is none.
    public var newestRevision: Int64?
    /// With keys: how many of the values were decrypted and found to be what they must be.
    public var authenticated: Int?
    /// With a configuration: whether it has the key for every resource that needs it.
    public var inConfig: Bool?
    /// With a configuration: whether new values of one of the resources are written with it.
    public var isWriteKey: Bool?

    /// A key with the number of values that need it.
    public init(provider: Provider, name: String, keyID: String?, live: Int, history: Int) {
      self.provider = provider
      self.name = name
      self.keyID = keyID
      self.live = live
      self.history = history
    }
  }
}
