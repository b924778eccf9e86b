import BoltFormat
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// A row that may matter to the verdict: whether it does, and in which layer, is known only when all rows have been seen.
package struct Candidate: Sendable {
  package var digest: KeyDigest
  package let revision: Revision
  /// Where the row's KeyValue message starts in the file.
  package let messageOffset: UInt64
  let messageBytes: UInt32
  /// Where the value starts in the message.
  package let valueStart: UInt32
  package var valueBytes: UInt32
  /// Changes since the key was created; the greatest number of 32 bits stands for more.
  package let version: UInt32
  /// By what another value with the same nonce is found.
  package var nonce = NonceMark.none
  package var place: Place
  package var kind: KindTable.ID
  /// What takes a few bits: there are many candidates.
  private var bits: UInt16 = 0

  package init(
    digest: KeyDigest, revision: Revision, messageOffset: UInt64, messageBytes: UInt32, valueStart: UInt32,
    valueBytes: UInt32, version: UInt32, kind: KindTable.ID, place: Place
  ) {
    self.digest = digest
    self.revision = revision
    self.messageOffset = messageOffset
    self.messageBytes = messageBytes
    self.valueStart = valueStart
    self.valueBytes = valueBytes
    self.version = version
    self.kind = kind
    self.place = place
  }

  /// What a row is kept for.
  package enum Role: UInt8, Sendable {
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

  /// What the row says for the prefix of its place.
  package var evidence: PrefixEvidence {
    get { PrefixEvidence(rawValue: field(at: 0, ofBits: 2)) ?? .none }
    set { setField(at: 0, ofBits: 2, newValue.rawValue) }
  }

  /// What the row is kept for.
  package var role: Role {
    get { Role(rawValue: field(at: 2, ofBits: 3)) ?? .value }
    set { setField(at: 2, ofBits: 3, newValue.rawValue) }
  }

  /// What keys tell of the value.
  package var authenticity: Authenticity {
    get { Authenticity(rawValue: field(at: 5, ofBits: 3)) ?? .notJudged }
    set { setField(at: 5, ofBits: 3, newValue.rawValue) }
  }

  /// Whether the row is the newest of its key.
  package var isLive: Bool {
    get { field(at: 8, ofBits: 1) != 0 }
    set { setField(at: 8, ofBits: 1, newValue ? 1 : 0) }
  }

  /// Of what no page in use owns: whether it lies behind the last element of a page, which may be in use itself.
  var isSlack: Bool {
    get { field(at: 9, ofBits: 1) != 0 }
    set { setField(at: 9, ofBits: 1, newValue ? 1 : 0) }
  }

  /// Whether its value, which is nothing that is known, lies in what is named like a directory of the scope.
  package var isStray: Bool {
    get { field(at: 10, ofBits: 1) != 0 }
    set { setField(at: 10, ofBits: 1, newValue ? 1 : 0) }
  }

  /// Whether it lies below the prefix of another cluster than the one that is looked for.
  package var isForeign: Bool {
    get { field(at: 11, ofBits: 1) != 0 }
    set { setField(at: 11, ofBits: 1, newValue ? 1 : 0) }
  }

  @inline(__always)
  private func field(at offset: UInt16, ofBits count: UInt16) -> UInt8 {
    UInt8(truncatingIfNeeded: bits >> offset & (1 << count - 1))
  }

  @inline(__always)
  private mutating func setField(at offset: UInt16, ofBits count: UInt16, _ value: UInt8) {
    let mask: UInt16 = (1 << count - 1) << offset
    bits = bits & ~mask | UInt16(value) << offset & mask
  }

  /// Below which prefix the row lies, and in which resource's directory.
  package struct Place: Hashable, Sendable {
    /// nil of a row that is in scope below no prefix.
    package let prefix: PrefixTable.ID?
    package let resource: ResourceTable.ID

    /// In the directory of `resource` below `prefix`.
    package init(prefix: PrefixTable.ID?, resource: ResourceTable.ID) {
      self.prefix = prefix
      self.resource = resource
    }

    /// Hashes both as one word: many a row asks.
    package func hash(into hasher: inout Hasher) {
      hasher.combine(UInt64(prefix.map { $0.index + 1 } ?? 0) << 16 | UInt64(resource))
    }

    /// In no directory of the scope, or of any prefix.
    package static let outside = Place(prefix: nil, resource: ResourceTable.unrelated)
  }

  /// Whether it lies, or may lie, in bytes that no page in use owns.
  package var isResidue: Bool { role == .residueRow || role == .residueObject }

  /// Whether the row lies in a directory of the scope.
  package var isInScope: Bool { place.prefix != nil }

  /// Whether keys showed that it is not what was written under its name.
  package var isSpoilt: Bool {
    switch authenticity {
    case .refused, .altered, .unplaced: true
    case .notJudged, .notAnObject, .moved, .authentic: false
    }
  }

  /// Where the value starts in the file.
  package var valueOffset: UInt64 { messageOffset + UInt64(valueStart) }
}
