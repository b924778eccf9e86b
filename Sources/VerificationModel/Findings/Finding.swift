import BoltFormat
import EtcdStorage
import KubernetesStorage
import RuleCatalog
import SnapshotInput

/// One thing that was found, and where.
public struct Finding: Hashable, Sendable {
  /// What the finding is about.
  public let rule: Rule
  /// How much it matters.
  public package(set) var severity: Severity
  /// A sentence for people, in which is marked what is a name. Holds names taken from the file as they are: a report
  /// escapes them.
  public package(set) var text: MarkedText
  /// The layer, for findings about a value.
  public var layer: Layer?
  /// The group resource concerned, such as `secrets`.
  public var resource: String?
  /// The value concerned, for findings about a value.
  public var subject: Subject?
  /// The page concerned.
  public var page: PageID?
  /// The value's first byte, or the place that is damaged, in bytes from the start of the bbolt image.
  public var offset: ByteOffset?
  /// What the value is.
  public var valueClass: ValueClass?
  /// How a plaintext value is encoded.
  public var encoding: Encoding?
  /// The encryption provider, as far as it was recognised.
  public var provider: String?
  /// The name of the encryption key or KMS plugin.
  public var keyName: String?
  /// The key id of a KMS v2 value.
  public var keyID: String?
  /// Machine-readable detail, such as `forged-envelope`.
  public var reason: String?
  /// All places at which the value lies, the one at ``offset`` included, in ascending order; none where it lies at one place
  /// only.
  public var locations: [ByteOffset] = []
  /// Of a value in the residue: the other layers in which it can be read too.
  public var alsoIn: [Layer] = []

  /// The etcd key that a moved value was written under, or that its object names.
  public var movedFrom: EtcdKey?
  /// That someone accepts it; nil where nobody does.
  public package(set) var waiver: Waiver?

  /// A finding with nothing but its rule and a sentence; its severity is that of the rule unless given.
  public init(_ rule: Rule, _ message: String, severity: Severity? = nil) {
    self.init(rule, marked: MarkedText(message), severity: severity)
  }

  /// As above, with a sentence that has names in it.
  public init(_ rule: Rule, marked text: MarkedText, severity: Severity? = nil) {
    self.rule = rule
    self.text = text
    self.severity = severity ?? rule.severity
  }

  /// The sentence.
  public var message: String { text.description }

  /// The value a finding is about.
  public struct Subject: Hashable, Sendable {
    /// The row's revision: main and sub; nil of an object whose row is gone.
    public let revision: Revision?
    /// Length of the stored value in bytes; of an object whose row is gone, as far as it tells.
    public let valueBytes: Int
    /// The key and what a plaintext value tells of itself; nil when names could not be kept within the memory bound.
    public let names: Names?

    /// A value by its revision and length.
    public init(revision: Revision?, valueBytes: Int, names: Names?) {
      self.revision = revision
      self.valueBytes = valueBytes
      self.names = names
    }
  }

  /// The names of a value: its etcd key, and for plaintext Secrets their type, and the names and sizes of their data.
  public struct Names: Hashable, Sendable {
    /// The whole etcd key; nil of an object whose row is gone.
    public let key: EtcdKey?
    /// The namespace, from the key or else from the object itself; nil for a cluster-scoped object.
    public let namespace: String?
    /// The object's name, from the key or else from the object itself.
    public let name: String
    /// Of plaintext Secrets.
    public let secret: SecretOutline?

    /// Names as the key and the value tell them.
    public init(key: EtcdKey?, namespace: String?, name: String, secret: SecretOutline?) {
      self.key = key
      self.namespace = namespace
      self.name = name
      self.secret = secret
    }
  }
}

/// How much a finding matters. Ordered: `info` is the least.
public typealias Severity = RuleCatalog.Severity
