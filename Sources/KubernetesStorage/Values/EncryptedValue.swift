/// An encrypted value, and where it lies.
package struct EncryptedValue: ~Escapable {
  /// The whole etcd key.
  package let key: RawSpan
  /// What the key says of the object.
  package let path: ResourcePath
  /// Bytes of the etcd prefix that `path` is below.
  package let prefixBytes: Int
  /// The value.
  package let value: RawSpan
  /// Whose envelope it has.
  package let provider: Provider
  /// Where the name of its key may end.
  package let nameEnds: NameEnds

  @_lifetime(copy key, copy value)
  package init(key: RawSpan, _ path: ResourcePath, prefixBytes: Int, value: RawSpan, _ envelope: Envelope) {
    self.init(
      key: key, path, prefixBytes: prefixBytes, value: value, envelope.provider, envelope.candidateNameEnds)
  }

  @_lifetime(copy key, copy value)
  package init(
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
  package var nameStart: Int { provider.storedPrefix.utf8CodeUnitCount }

  /// The parts behind a name that ends at `end`; nil when no key could open them.
  package func body(behind end: Int) -> EnvelopeBody? {
    EnvelopeBody(of: value, body: (end + 1)..<value.byteCount, provider: provider)
  }
}
