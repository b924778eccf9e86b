/// The description of a bucket: what `BoltWriter` makes a tree of.
///
/// ```swift
/// let root = BoltBucket(["key": BoltBucket(rows), "meta": BoltBucket(layout: .inline)])
/// ```
public struct BoltBucket: Hashable, Sendable {
  /// One row, or one bucket inside the bucket.
  public struct Entry: Hashable, Sendable {
    /// What stands under a key.
    public enum Content: Hashable, Sendable {
      /// Plain bytes.
      case value([UInt8])
      /// A nested bucket.
      case bucket(BoltBucket)
    }

    /// The key, or the name of the nested bucket.
    public var key: [UInt8]
    /// What stands under it.
    public var content: Content

    /// A row.
    public init(_ key: [UInt8], _ value: [UInt8]) { (self.key, content) = (key, .value(value)) }
    /// A row with a textual key.
    public init(_ key: String, _ value: [UInt8]) { self.init(Array(key.utf8), value) }
    /// A nested bucket.
    public init(_ name: String, _ bucket: BoltBucket) { (key, content) = (Array(name.utf8), .bucket(bucket)) }

    /// The plain value; nil for a bucket.
    public var value: [UInt8]? {
      if case .value(let value) = content { value } else { nil }
    }
    /// The nested bucket; nil for a plain row.
    public var bucket: BoltBucket? {
      if case .bucket(let bucket) = content { bucket } else { nil }
    }
  }

  /// Where the rows of a bucket are kept.
  public enum Layout: Hashable, Sendable {
    /// As bbolt does: inline if it is one leaf of at most a quarter page without nested buckets (bbolt: bucket.go,
    /// inlineable), else in pages.
    case automatic
    /// Inside the parent's value, however large, even with nested buckets.
    case inline
    /// In pages of its own, however small.
    case pages
  }

  /// The rows in the order in which they are written; bbolt keeps them ascending.
  public var entries: [Entry]
  /// Inline, or in pages.
  public var layout: Layout
  /// How rows are spread over pages; nil: as the writer says.
  public var packing: BoltWriter.Packing?
  /// One-element branch pages put on top of the tree.
  public var extraLevels = 0
  /// The bucket's sequence number, which etcd leaves at 0.
  public var sequence: UInt64 = 0

  /// A bucket that holds `entries` in this order.
  public init(_ entries: [Entry] = [], layout: Layout = .automatic, packing: BoltWriter.Packing? = nil) {
    self.entries = entries
    self.layout = layout
    self.packing = packing
  }

  /// A bucket of buckets, ascending by name.
  public init(_ buckets: [String: BoltBucket]) {
    self.init(buckets.map { Entry($0.key, $0.value) }.sorted { $0.key.lexicographicallyPrecedes($1.key) })
  }

  /// The nested bucket of this name. Setting one puts it in its sorted place; nil removes it.
  public subscript(name: String) -> BoltBucket? {
    get { entries.first { $0.key == Array(name.utf8) }?.bucket }
    set {
      let key = Array(name.utf8)
      entries.removeAll { $0.key == key }
      guard let newValue else { return }
      let place = entries.firstIndex { key.lexicographicallyPrecedes($0.key) } ?? entries.endIndex
      entries.insert(Entry(name, newValue), at: place)
    }
  }
}
