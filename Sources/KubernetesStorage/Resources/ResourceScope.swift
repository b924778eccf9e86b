import ByteViews

/// Which resources are looked for, and in which directories below an etcd prefix they lie.
///
/// Made once from the patterns of a call; every row of a store is then held against it, without allocation.
public struct ResourceScope: Sendable {
  /// What the scope was made of.
  public let patterns: [ResourcePattern]
  /// Whether the scope is everything below a prefix, in whatever directory it lies.
  public let coversAll: Bool

  /// Whether the API server's own records are in scope.
  private let coversInternalRecords: Bool
  /// The directories by name, each with the slash that ends it. Of a group without built-in resources it is the group.
  private let directories: [Directory]
  /// The letter that all of them begin with; nil when they begin with several.
  private let letter: UInt8?
  /// How long the shortest of them is.
  private let shortestDirectory: Int
  /// For each built-in resource, by its ID, whether it is covered.
  private let builtIns: [Bool]
  /// Groups covered whole that have no built-in resources.
  private let groups: [[UInt8]]
  /// `<group>/<plural>` of the custom resources covered one by one.
  private let customs: [[UInt8]]
  /// Directories below a prefix that neither the table nor a group's dot explains.
  private let others: [[UInt8]]

  /// The Secrets of the core group.
  public static let secrets = ResourceScope([.resource(.secrets)])
  /// Everything that an EncryptionConfiguration can cover.
  public static let everything = ResourceScope([.all])
  /// Everything below a prefix, the API server's own records included, which nothing encrypts.
  public static let wholeStore = ResourceScope([.all], coversInternalRecords: true)

  /// The scope of everything that one of `patterns` covers.
  public init(_ patterns: [ResourcePattern]) {
    self.init(patterns, coversInternalRecords: false)
  }

  private init(_ patterns: [ResourcePattern], coversInternalRecords: Bool) {
    self.patterns = patterns
    self.coversInternalRecords = coversInternalRecords
    coversAll = patterns.contains(.all)
    builtIns = BuiltInResource.all.map { entry in patterns.contains { $0.matches(entry.resource) } }
    groups = patterns.compactMap { pattern in
      guard case .group(let group) = pattern, Self.isServedByDefinition(group) else { return nil }
      return Array(group.utf8)
    }
    var customs: [[UInt8]] = []
    var others: [[UInt8]] = []
    for case .resource(let resource) in patterns {
      let directory = Array(ResourcePath.directory(of: resource, in: .kubernetes).utf8)
      if Self.isServedByDefinition(resource.group) {
        customs.append(directory)
      } else if BuiltInResource.of(resource) == nil {
        others.append(Array(resource.resource.utf8))
      }
    }
    self.customs = customs
    self.others = others
    let known = zip(BuiltInResource.all, builtIns).filter(\.1).map { Array($0.0.directory.utf8) }
    directories = (known + groups + customs + others).map { Directory($0) }
    let letters = Set(directories.compactMap(\.name.first))
    letter = letters.count == 1 ? letters.first : nil
    shortestDirectory = directories.map(\.name.count).min() ?? 0
  }

  /// Whether CustomResourceDefinitions may bring resources of `group`. Those of OpenShift's API servers do so where a
  /// kube-apiserver stands in for them.
  private static func isServedByDefinition(_ group: String) -> Bool {
    BuiltInResource.ids(ofGroup: group).allSatisfy { BuiltInResource[$0].tree == .openShift }
  }

  /// Whether resources that are not built in are in scope.
  public var coversCustomResources: Bool { coversAll || !(groups.isEmpty && customs.isEmpty) }

  /// Whether the Secrets of the core group are all that is in scope.
  public var coversSecretsOnly: Bool { patterns.allSatisfy { $0 == .resource(.secrets) } }

  /// Whether objects of the built-in resource are in scope, wherever they lie.
  public func covers(_ resource: BuiltInResource.ID) -> Bool { builtIns[resource.index] }

  /// Whether the key whose path is `path` is in scope.
  public func covers(_ path: ResourcePath, of key: RawSpan) -> Bool {
    switch path.directory {
    case .builtIn(let resource):
      builtIns[resource.index]
    case .custom(let group, let plural):
      coversAll || groups.contains { key.equals($0, in: group) }
        || customs.contains { key.equals($0, in: group.lowerBound..<plural.upperBound) }
    case .internalRecord:
      coversInternalRecords
    case .unknown(let directory):
      coversAll || others.contains { key.equals($0, in: directory) }
    }
  }

  /// The offset of the first slash of `key`, from `start` through `end`, behind which a directory of the scope seems to
  /// begin; nil when there is none. O(key).
  func directoryStart(in key: RawSpan, from start: Int, through end: Int) -> Int? {
    let limit = min(end + 1, key.byteCount - shortestDirectory)
    var offset = start
    if key.byteCount > 16 {
      // Sixteen offsets at once, each with the byte behind it; the last of them overlap those before.
      while offset < limit {
        let first = min(offset, key.byteCount - 17)
        let slashes = slashes(in: key, at: first)
        if slashes.low | slashes.high != 0,
          let found = firstDirectory(in: key, at: slashes.low, from: first, offset..<limit)
            ?? firstDirectory(in: key, at: slashes.high, from: first + 8, offset..<limit)
        {
          return found
        }
        offset = first + 16
      }
      return nil
    }
    while offset < limit {
      if key.byte(at: offset) == EtcdPrefix.slash, holdsDirectory(key, at: offset + 1) { return offset }
      offset += 1
    }
    return nil
  }

  /// Marks of sixteen offsets, from `offset` on, at which slashes stand that may be followed by a directory of the scope.
  @inline(__always)
  private func slashes(in key: RawSpan, at offset: Int) -> (low: UInt64, high: UInt64) {
    let slashes = key.vector(at: offset).marks(of: EtcdPrefix.slash)
    guard let letter else { return slashes.highBits }
    return (slashes & key.vector(at: offset + 1).marks(of: letter)).highBits
  }

  /// The first offset in `range`, of eight from `first` on that are marked, behind which a directory of the scope seems to
  /// begin.
  private func firstDirectory(in key: RawSpan, at marks: UInt64, from first: Int, _ range: Range<Int>) -> Int? {
    var marks = marks
    while marks != 0 {
      let slash = first + marks.trailingZeroBitCount / 8
      if range.contains(slash), holdsDirectory(key, at: slash + 1) { return slash }
      marks &= marks - 1
    }
    return nil
  }

  private func holdsDirectory(_ key: RawSpan, at offset: Int) -> Bool {
    let word = key.paddedWord(at: offset)
    for directory in directories where word & directory.mask == directory.word {
      if directory.isWhole || key.holds(directory.name, at: offset) { return true }
    }
    return false
  }

  /// A directory's name, its slash included, with its first eight bytes as `RawSpan.word(at:)` reads them.
  private struct Directory: Sendable {
    let name: [UInt8]
    let word: UInt64
    let mask: UInt64

    /// Whether ``word`` is all of the name.
    var isWhole: Bool { name.count <= 8 }

    init(_ directory: [UInt8]) {
      name = directory + [EtcdPrefix.slash]
      let shortage = UInt64(max(0, 8 - name.count))
      mask = shortage == 0 ? .max : .max >> (8 * shortage)
      word = zip(name.prefix(8), 0..<8).reduce(0) { $0 | UInt64($1.0) << (8 * UInt64($1.1)) }
    }
  }
}

extension GroupResource {
  /// The Secrets of the core group.
  public static let secrets = GroupResource("secrets")
}

extension RawSpan {
  /// Whether the bytes of `range` are `bytes`.
  fileprivate func equals(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
    bytes.count == range.count && holds(bytes, at: range.lowerBound)
  }

  /// Whether `bytes` stand at `offset`.
  fileprivate func holds(_ bytes: [UInt8], at offset: Int) -> Bool {
    guard offset >= 0, bytes.count <= byteCount - offset else { return false }
    for index in bytes.indices where byte(at: offset + index) != bytes[index] { return false }
    return true
  }
}
