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
  /// Whose envelope it has.
  let provider: Provider
  /// Where the name of its key may end.
  let nameEnds: NameEnds

  @_lifetime(copy key, copy value)
  init(key: RawSpan, _ path: ResourcePath, prefixBytes: Int, value: RawSpan, _ envelope: Envelope) {
    self.init(
      key: key, path, prefixBytes: prefixBytes, value: value, envelope.provider, envelope.candidateNameEnds)
  }

  @_lifetime(copy key, copy value)
  init(
    key: RawSpan, _ path: ResourcePath, prefixBytes: Int, value: RawSpan, _ provider: Provider, _ nameEnds: NameEnds
  ) {
    self.key = key
    self.path = path
    self.prefixBytes = prefixBytes
    self.value = value
    self.provider = provider
    self.nameEnds = nameEnds
  }

  /// Where the name of the key begins.
  var nameStart: Int { provider.storedPrefix.utf8CodeUnitCount }

  /// The parts behind a name that ends at `end`; nil when no key could open them.
  func body(behind end: Int) -> EnvelopeBody? {
    EnvelopeBody(of: value, body: (end + 1)..<value.byteCount, provider: provider)
  }
}
