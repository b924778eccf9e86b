import KubernetesStorage

/// An encryption key as values name it. Names are numbers of a ``NameTable``; 0 stands for none.
struct KeyIdentity: Hashable, Sendable {
  let provider: Provider
  let name: NameTable.ID
  let keyID: NameTable.ID
}
