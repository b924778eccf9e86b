import ByteViews
import EtcdStorage
import KubernetesStorage

/// What rows of one directory are.
package struct StoredResource: Hashable, Sendable {
  /// What kind of thing they are.
  package enum Kind: Hashable, Sendable {
    /// Objects of a resource.
    case resource(GroupResource)
    /// The API server's own records, which no configuration encrypts.
    case internalRecord
    /// Keys that no API server wrote, as far as can be told.
    case other
  }

  package let kind: Kind
  /// The group resource as an EncryptionConfiguration names it, or the directory.
  package let name: String

  package init(_ resource: GroupResource) {
    kind = .resource(resource)
    name = resource.description
  }

  package init(_ builtIn: BuiltInResource) { self.init(builtIn.resource) }

  /// What lies in the directory of `path`, which is one of `key`.
  package init(_ path: ResourcePath, of key: RawSpan) {
    let bytes = EtcdKey(copying: key).bytes
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    switch path.directory {
    case .builtIn(let resource): self.init(BuiltInResource[resource])
    case .custom(let group, let plural): self.init(GroupResource(text(plural), group: text(group)))
    case .internalRecord(let directory): self.init(.internalRecord, named: text(directory))
    case .unknown(let directory): self.init(GroupResource(text(directory)))
    }
  }

  package init(_ kind: Kind, named name: String) {
    self.kind = kind
    self.name = name
  }

  /// The group resource, unless it is none.
  package var groupResource: GroupResource? {
    if case .resource(let resource) = kind { resource } else { nil }
  }
}
