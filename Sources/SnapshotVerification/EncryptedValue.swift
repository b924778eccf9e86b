import KubernetesStorage

/// An encrypted value, and where it lies.
struct EncryptedValue: ~Escapable {
  /// The whole etcd key.
  let key: RawSpan
  /// What the key says of the object.
  let path: ResourcePath
  /// Bytes of the etcd prefix that `path` is below.
  let prefixBytes: Int
  /// The value.
  let value: RawSpan
  /// What its envelope says.
  let envelope: Envelope

  @_lifetime(copy key, copy value)
  init(key: RawSpan, _ path: ResourcePath, prefixBytes: Int, value: RawSpan, _ envelope: Envelope) {
    self.key = key
    self.path = path
    self.prefixBytes = prefixBytes
    self.value = value
    self.envelope = envelope
  }

  /// Where the name of the key begins.
  var nameStart: Int { envelope.provider.storedPrefix.utf8CodeUnitCount }

  /// The parts behind a name that ends at `end`; nil when no key could open them.
  func body(behind end: Int) -> EnvelopeBody? {
    EnvelopeBody(of: value, body: (end + 1)..<value.byteCount, provider: envelope.provider)
  }
}
