/// What may be told of a Secret: its type, and names and sizes of its data. Contents are never read.
public struct SecretOutline: Hashable, Sendable {
  /// One entry of `data` or `stringData`.
  public struct DataKey: Hashable, Sendable {
    /// At most `ObjectOutline.maximumNameBytes`; longer names are cut.
    public let name: String
    /// Size of the contents in bytes, base64 taken off.
    public let bytes: Int

    /// A name and a size.
    public init(name: String, bytes: Int) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// At most this many entries of `data` are kept, the first ones.
  public static let maximumDataKeys = 1000

  /// Such as `Opaque` or `kubernetes.io/tls`; empty when the object has none.
  public let type: String
  /// In the order in which they are stored. Of entries of one name the last one's size counts.
  public let data: [DataKey]
  /// Whether there were more than `maximumDataKeys`.
  public let isCut: Bool

  package init(type: String, data: [DataKey], isCut: Bool) {
    self.type = type
    self.data = data
    self.isCut = isCut
  }
}
