extension SnapshotReport {
  /// How the live values of one resource stand to a configuration.
  public struct Rotation: Sendable, Hashable {
    /// What writes new values, as `provider:name`; `identity` when nothing encrypts them.
    public package(set) var writer: String
    /// Live values that it wrote.
    public let written: Int
    /// Whether it encrypts, and wrote all of them.
    public let isComplete: Bool

    /// A rotation of which `written` of `live` values are done.
    public init(writer: String, written: Int, live: Int) {
      self.writer = writer
      self.written = written
      isComplete = writer != Self.identity && written == live
    }

    /// The writer that leaves values in the clear.
    public static let identity = "identity"
  }
}
