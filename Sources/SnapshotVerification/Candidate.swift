import EtcdStorage
import KubernetesStorage

/// A row that may matter to the verdict: whether it does, and in which layer, is known only when all rows have been seen.
struct Candidate: Sendable {
  var digest: KeyDigest
  private let main: Int64
  /// Where the row's KeyValue message starts in the file.
  let messageOffset: UInt64
  private let sub: UInt32
  let messageBytes: UInt32
  /// Where the value starts in the message.
  let valueStart: UInt32
  var valueBytes: UInt32
  /// Changes since the key was created; the greatest number of 32 bits stands for more.
  let version: UInt32
  /// By what another value with the same nonce is found.
  var nonce = NonceMark.none
  var place: Place
  var kind: KindTable.ID
  /// What the row says for the prefix of its place.
  var evidence = PrefixEvidence.none
  /// What the row is kept for.
  var role = Role.value
  /// What keys tell of the value.
  var authenticity = Authenticity.notJudged

  /// Whether the row is the newest of its key.
  var isLive = false
  /// Of what no page in use owns: whether it lies behind the last element of a page, which may be in use itself.
  var isSlack = false

  /// In an order in which nothing is lost between the properties: there are many candidates.
  init(
    digest: KeyDigest, revision: Revision, messageOffset: UInt64, messageBytes: UInt32, valueStart: UInt32,
    valueBytes: UInt32, version: UInt32, kind: KindTable.ID, place: Place
  ) {
    self.digest = digest
    main = revision.main
    sub = UInt32(clamping: revision.sub)
    self.messageOffset = messageOffset
    self.messageBytes = messageBytes
    self.valueStart = valueStart
    self.valueBytes = valueBytes
    self.version = version
    self.kind = kind
    self.place = place
  }

  /// Which revision the row is: of more than 2^32 changes in one transaction, which no etcd makes, the last have one number.
  var revision: Revision { Revision(main: main, sub: Int64(sub)) }

  /// What a row is kept for.
  enum Role: UInt8, Sendable {
    /// Its value.
    case value
    /// It deletes a key in scope.
    case deletion
    /// It is a system namespace below the prefix of its place.
    case namespace
    /// It defines a custom resource, that of number ``valueBytes`` in the list.
    case definition
    /// Its value, which lies in bytes that no page in use may own, and of which the end may be missing.
    case residueRow
    /// An object that lies there without its row; the message is the object, and the revision says nothing.
    case residueObject
  }

  /// Below which prefix the row lies, and in which resource's directory.
  struct Place: Hashable, Sendable {
    /// nil of a row that is in scope below no prefix.
    let prefix: PrefixTable.ID?
    let resource: ResourceTable.ID

    /// In no directory of the scope, or of any prefix.
    static let outside = Place(prefix: nil, resource: ResourceTable.unrelated)
  }

  /// Whether it lies, or may lie, in bytes that no page in use owns.
  var isResidue: Bool { role == .residueRow || role == .residueObject }

  /// Whether the row lies in a directory of the scope.
  var isInScope: Bool { place.prefix != nil }

  /// Whether keys showed that it is not what was written under its name.
  var isSpoilt: Bool {
    switch authenticity {
    case .refused, .altered, .unplaced: true
    case .notJudged, .notAnObject, .moved, .authentic: false
    }
  }

  /// Where the value starts in the file.
  var valueOffset: UInt64 { messageOffset + UInt64(valueStart) }
}
