import KubernetesStorage

/// What a value in the clear shows of its content, as far as the verdict asks.
package struct ValueTraits: Hashable, Sendable {
  /// Keys that lie in the file beside the data they protect.
  package enum Keys: Hashable, Sendable {
    /// An EncryptionConfiguration with its keys.
    case encryptionConfiguration
    /// The bootstrap data of K3s and RKE2, which only the server token protects.
    case bootstrapData
  }

  /// The built-in resource whose object the value says that it is.
  package let object: BuiltInResource.ID?
  /// The keys that the value holds.
  package let keys: Keys?

  /// Those of a value that shows nothing.
  package static let none = ValueTraits(object: nil, keys: nil)

  private init(object: BuiltInResource.ID?, keys: Keys?) {
    self.object = object
    self.keys = keys
  }

  /// Looks at the row of `key` and `value`, an object of this `head` if it is one.
  ///
  /// O(1) for what is not plaintext; of ConfigMaps and Secrets all bytes are searched. Allocates nothing.
  package init(key: RawSpan, value: RawSpan, head: ObjectHead?) {
    let head = head?.builtIn
    object = head == Self.endpoints && APIServerLease.isKey(key) ? nil : head
    if let object, object == Self.configMaps || object == Self.secrets {
      keys = KeyMaterial.isPresent(in: value) ? .encryptionConfiguration : nil
    } else {
      keys = object == nil && BootstrapData.isPresent(key: key, value: value) ? .bootstrapData : nil
    }
  }

  /// Looks at nothing but what an object says that it is.
  package init(object: BuiltInResource.ID?) {
    self.object = object
    keys = nil
  }

  static let configMaps = BuiltInResource.of(GroupResource("configmaps"))
  package static let secrets = BuiltInResource.of(.secrets)
  package static let endpoints = BuiltInResource.of(GroupResource("endpoints"))
  package static let pods = BuiltInResource.of(GroupResource("pods"))
  package static let definitions = BuiltInResource.of(
    GroupResource("customresourcedefinitions", group: "apiextensions.k8s.io"))
}
