import KubernetesStorage

/// What a value is, as far as many values share it. Names are numbers of a ``NameTable``; 0 stands for none.
package struct ValueKind: Hashable, Sendable {
  package let valueClass: ValueClass
  package let encoding: Encoding?
  package let provider: Provider?
  package let reason: Reason?
  /// The names the key may have, shortest first: one value alone can't tell where a name with colons ends.
  package var keyNames = SIMD8<NameTable.ID>()
  /// The key id of a KMS v2 value.
  package var keyID: NameTable.ID = 0
  /// What the value shows beside its class.
  package let traits: ValueTraits

  /// Hashes what tells most kinds apart, as three words: every row asks, and the hasher takes as long for a byte as for a
  /// word. Of those with the same names and the same object there are few.
  package func hash(into hasher: inout Hasher) {
    // Sound: both have 16 bytes, any of which make an integer.
    let names = unsafe unsafeBitCast(keyNames, to: SIMD2<UInt64>.self)
    hasher.combine(names[0])
    hasher.combine(names[1])
    hasher.combine(UInt64(keyID) << 32 | UInt64(traits.object.map { $0.index + 1 } ?? 0))
  }

  /// The names the key may have, shortest first.
  package var names: [NameTable.ID] {
    keyNames.indices.map { keyNames[$0] }.filter { $0 != 0 }
  }
}
