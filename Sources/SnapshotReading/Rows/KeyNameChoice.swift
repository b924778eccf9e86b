import KubernetesStorage

/// Decides which name the key of each kind of value has, from all values of the snapshot together.
///
/// One value alone can't tell where a name with colons ends, since the random bytes after it may hold a colon too. Those
/// do not repeat, so a longer name that a good part of the values share is the name
/// (Kubernetes allows colons in key names; K3s and RKE2 write them).
package struct KeyNameChoice {
  private var chosen: [NameTable.ID]

  /// Chooses for every kind of `kinds`, each of which `support` values have. Where keys are known by name, as
  /// `isConfigured` tells, the longest such name that a value may have is its name.
  package init(kinds: [ValueKind], support: [Int], isConfigured: (Provider, NameTable.ID) -> Bool = { _, _ in false }) {
    var values: [ProviderName: Int] = [:]
    for (kind, count) in zip(kinds, support) {
      guard let provider = kind.provider else { continue }
      for name in kind.names { values[ProviderName(provider: provider, name: name), default: 0] += count }
    }
    chosen = kinds.map { kind in
      guard let provider = kind.provider, var best = kind.names.first else { return 0 }
      if let configured = kind.names.last(where: { isConfigured(provider, $0) }) { return configured }
      for name in kind.names.dropFirst() {
        let count = values[ProviderName(provider: provider, name: name)] ?? 0
        let bestCount = values[ProviderName(provider: provider, name: best)] ?? 0
        // A random byte is a colon once in 256 times: a quarter is beyond chance, and so are two of a few.
        if count >= 2, count * 4 >= bestCount { best = name }
      }
      return best
    }
  }

  /// The number of the name of the key of kind `kind`; 0 when it has none.
  package subscript(_ kind: KindTable.ID) -> NameTable.ID { chosen[Int(kind)] }

  private struct ProviderName: Hashable {
    let provider: Provider
    let name: NameTable.ID
  }
}
