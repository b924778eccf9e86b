import KubernetesStorage

/// What a value is, as far as many values share it. Names are numbers of a ``NameTable``; 0 stands for none.
struct ValueKind: Hashable, Sendable {
  let valueClass: ValueClass
  let encoding: Encoding?
  let provider: Provider?
  let reason: Reason?
  /// The names the key may have, shortest first: one value alone can't tell where a name with colons ends.
  var keyNames = SIMD8<NameTable.ID>()
  /// The key id of a KMS v2 value.
  var keyID: NameTable.ID = 0
  /// What the value shows beside its class.
  let traits: ValueTraits
}
