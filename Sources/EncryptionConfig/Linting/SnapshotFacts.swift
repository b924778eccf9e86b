import KubernetesStorage

/// What a snapshot shows that matters to a configuration.
public struct SnapshotFacts: Hashable, Sendable {
  /// The values found, by resource.
  public var resources: [GroupResource: Values]
  /// The custom resources that are defined in the snapshot; nil when it is not known.
  public var customResources: Set<GroupResource>?
  /// The API servers that the snapshot tells of.
  public var servers: [Server]
  /// How many values, live or in history, hold keys of a configuration in the clear.
  public var valuesWithKeys: Int
  /// How many objects can be read in bytes that no page in use owns, by resource.
  public var residue: [GroupResource: Int]

  /// Facts; by default none.
  public init(
    resources: [GroupResource: Values] = [:], customResources: Set<GroupResource>? = nil, servers: [Server] = [],
    valuesWithKeys: Int = 0, residue: [GroupResource: Int] = [:]
  ) {
    self.resources = resources
    self.customResources = customResources
    self.servers = servers
    self.valuesWithKeys = valuesWithKeys
    self.residue = residue
  }

  /// The values of one resource.
  public struct Values: Hashable, Sendable {
    /// Those in the clear.
    public var plaintext: Use
    /// Those that name a key or plugin, by what they name.
    public var keys: [KeyReference: Use]

    /// Values; by default none.
    public init(plaintext: Use = Use(), keys: [KeyReference: Use] = [:]) {
      self.plaintext = plaintext
      self.keys = keys
    }
  }

  /// How many values are of one sort.
  public struct Use: Hashable, Sendable {
    /// The newest values of keys that are not deleted.
    public var live: Int
    /// Older and deleted values that compaction has left.
    public var history: Int
    /// The main revision of the newest one, live or in history; nil when there is none.
    public var newestRevision: Int64?
    /// At least how many values were written.
    public var writes: Int

    /// Counts; by default none.
    public init(live: Int = 0, history: Int = 0, newestRevision: Int64? = nil, writes: Int = 0) {
      self.live = live
      self.history = history
      self.newestRevision = newestRevision
      self.writes = writes
    }

    /// The values that an API server can still reach.
    var reachable: Int { live + history }
  }

  /// An API server as the snapshot tells of it.
  public struct Server: Hashable, Sendable {
    /// The name of its pod.
    public var name: String
    /// The value of `--encryption-provider-config`; nil when it is started without.
    public var configurationPath: String?
    /// Its release; nil when its image does not tell.
    public var version: KubernetesVersion?
    /// Whether it is started with the feature gate KMSv1 on.
    public var enablesKMSv1: Bool

    /// A server by its name.
    public init(
      name: String, configurationPath: String?, version: KubernetesVersion? = nil, enablesKMSv1: Bool = false
    ) {
      self.name = name
      self.configurationPath = configurationPath
      self.version = version
      self.enablesKMSv1 = enablesKMSv1
    }
  }
}
