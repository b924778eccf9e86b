import KubernetesStorage

/// An encryption key as values name it. Names are numbers of a ``NameTable``; 0 stands for none.
package struct KeyIdentity: Hashable, Sendable {
  package let provider: Provider
  package let name: NameTable.ID
  package let keyID: NameTable.ID

  /// The key of this provider and these names.
  package init(provider: Provider, name: NameTable.ID, keyID: NameTable.ID) {
    self.provider = provider
    self.name = name
    self.keyID = keyID
  }
}
