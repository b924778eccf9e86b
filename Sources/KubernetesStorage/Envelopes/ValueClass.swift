/// What a stored value is, as far as its bytes alone tell.
public enum ValueClass: String, CaseIterable, Hashable, Sendable {
  /// A Kubernetes object in the clear, be it behind the prefix of an envelope.
  case plaintext
  /// An envelope of a known provider whose structure is right and whose body looks random.
  case encrypted
  /// An envelope whose structure can't be right.
  case malformed
  /// `k8s:enc:` followed by a provider or version that is not known.
  case unknownEnvelope = "unknown-envelope"
  /// Neither an envelope nor an encoding of Kubernetes objects.
  case unrecognized
  /// No bytes at all, which the API server never writes.
  case empty
}
