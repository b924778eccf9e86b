import ByteViews

/// The entries of an object's data, by where they lie in the text, or the message, that the object was read from.
struct DataFields {
  /// The kinds whose data is known entry by entry.
  enum Kind: String {
    case secret = "Secret"
    case configMap = "ConfigMap"
  }

  private struct Entry {
    /// Where its name stands in ``names``.
    let name: Range<Int>
    let section: ObjectSection
    /// nil stands for a null, which an API server takes for no bytes.
    let content: DataString?
  }

  /// The most entries that are kept. etcd takes requests of 1.5 MiB; real objects have some thousand entries at most.
  static let maximumCount = 65_536

  /// The names, one behind the other, without escapes.
  private var names: [UInt8] = []
  private var entries: [Entry] = []
  /// Whether all entries are known, and an API server could read what was met so far.
  var isSound = true

  /// Takes an entry. Amortized O(length of the name).
  mutating func record(
    _ content: DataString?, named name: DataString, in section: ObjectSection, of text: RawSpan
  ) {
    guard entries.count < Self.maximumCount else {
      isSound = false
      return
    }
    let start = names.count
    if let place = name.place {
      names.append(text.extracting(place))
    } else if !name.forEachByte(in: text, { names.append($0) }) {
      isSound = false
    }
    entries.append(Entry(name: start..<names.count, section: section, content: content))
  }

  /// Forgets the entries of a section that is there once more, as null.
  mutating func forget(_ section: ObjectSection) { entries.removeAll { $0.section == section } }

  /// Hands the entries on in the order of their names: of each the length of its name, big-endian in 8 bytes, the name, the
  /// length of its content, the same way, and the content. Before them, `data` and a zero byte.
  ///
  /// Of entries of one name the last counts, and those of a Secret's `stringData` before those of its `data`, as in an API
  /// server (core/v1 conversion.go). Of a ConfigMap, `data` and `binaryData` are apart.
  ///
  /// O(n log n). False, and nothing is handed on, where an API server could not read an entry.
  func forEachPiece(of kind: Kind, in text: RawSpan, _ take: (RawSpan) -> Void) -> Bool {
    guard isSound else { return false }
    var contents: [(name: Range<Int>, content: DataContent?)] = []
    for number in order(kind) {
      let entry = entries[number]
      guard let string = entry.content else {
        contents.append((entry.name, nil))
        continue
      }
      let isEncoded = entry.section == (kind == .secret ? .data : .binaryData)
      guard let content = DataContent(string, isEncoded: isEncoded, in: text) else { return false }
      contents.append((entry.name, content))
    }
    var head = Array("data\0".utf8)
    take(head.rawSpan)
    for (name, content) in contents {
      head.removeAll(keepingCapacity: true)
      head.append(bigEndian: name.count)
      head += names[name]
      head.append(bigEndian: content?.byteCount ?? 0)
      take(head.rawSpan)
      content?.forEachPiece(in: text, take)
    }
    return true
  }

  /// The numbers of the entries that count, by name.
  private func order(_ kind: Kind) -> [Int] {
    let others: ObjectSection = kind == .secret ? .stringData : .binaryData
    let counted = entries.indices.filter { entries[$0].section == .data || entries[$0].section == others }
    func isOther(_ number: Int) -> Bool { entries[number].section == others }
    // An API server writes them so.
    let isInOrder = zip(counted, counted.dropFirst()).allSatisfy { one, next in
      isOther(one) == isOther(next) && names[entries[one].name].lexicographicallyPrecedes(names[entries[next].name])
    }
    if isInOrder { return counted }
    let sorted = counted.sorted { one, other in
      let (name, otherName) = (names[entries[one].name], names[entries[other].name])
      if name != otherName { return name.lexicographicallyPrecedes(otherName) }
      return isOther(one) != isOther(other) ? isOther(other) : one < other
    }
    return sorted.indices.filter { place in
      guard place + 1 < sorted.count else { return true }
      let (one, next) = (sorted[place], sorted[place + 1])
      let isReplaced = kind == .secret || isOther(one) == isOther(next)
      return !isReplaced || names[entries[one].name] != names[entries[next].name]
    }.map { sorted[$0] }
  }
}

extension [UInt8] {
  fileprivate mutating func append(bigEndian count: Int) {
    for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: count >> shift)) }
  }
}
