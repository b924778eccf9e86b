/// The parts of a value behind the prefix of a known provider. Ranges are byte offsets in the classified value.
///
/// ```
/// k8s:enc:aescbc:v1:key1:‹body›
///                   └──┘ keyName
/// ```
public struct Envelope: Hashable, Sendable {
  /// Whose prefix it is.
  public let provider: Provider
  /// The key name, of KMS the plugin's: the first one the structure allows. Of a malformed envelope, the first that is
  /// text and ended by a colon; nil when there is none.
  public let keyName: Range<Int>?
  /// The key id of a KMS v2 value, when it is one the API server would take.
  public let keyID: Range<Int>?
  /// All ends of a name the structure allows, `keyName`'s own first; all names begin where `keyName` does. There is one
  /// for KMS v2, whose names hold no colon, and for the time-stamped names of K3s and RKE2.
  public let candidateNameEnds: NameEnds
  /// What follows the colon of `keyName`, to the end of the value; without a name, what follows the prefix.
  public let body: Range<Int>

  /// The envelope with these names. Without a name there is no telling where a key id would be.
  init(_ provider: Provider, _ names: KeyNames, keyID: Range<Int>?) {
    self.provider = provider
    self.keyName = names.name
    self.keyID = names.name == nil ? nil : keyID
    self.candidateNameEnds = names.ends
    self.body = names.body
  }
}
