import ByteViews

/// The value of an entry in table ``CaseTable/rows``: runs of snapshots, by the numbers that they got when they were taken in,
/// which have the value in the same layers.
///
/// A run is layers (1), the first number, and the last, both in groups of 7 bits, the lowest first, each with its high bit set
/// but the last. A last number of 0 is that of an open run: it goes on to the snapshot of the cluster that was taken in last.
/// So a value that the next snapshot has too costs nothing.
struct RowRuns {
  /// One run.
  struct Run: Hashable {
    let layers: LayerSet
    let first: Int
    let last: Int
  }

  /// Takes runs apart; nil where they are not whole, or out of order.
  ///
  /// - Parameter count: snapshots of the cluster.
  static func read(_ value: RawSpan, count: Int) -> [Run]? {
    var runs: [Run] = []
    var offset = 0
    var previous = 0
    while offset < value.byteCount {
      let layers = value.byte(at: offset)
      offset += 1
      guard layers & 0xF == layers, layers != 0, let first = number(in: value, &offset),
        let last = number(in: value, &offset)
      else { return nil }
      let isOpen = last == 0
      guard first > previous, isOpen ? offset == value.byteCount : last >= first, max(first, last) <= count else {
        return nil
      }
      runs.append(Run(layers: LayerSet(rawValue: layers), first: first, last: isOpen ? count : last))
      previous = last
    }
    return runs.isEmpty ? nil : runs
  }

  /// Whether the last run is open: no other number ends with a group of zeros.
  static func isOpen(_ value: RawSpan) -> Bool { value.peek(at: value.byteCount - 1) == 0 }

  /// The layers of the last run.
  static func lastLayers(_ value: RawSpan) -> LayerSet? {
    var offset = 0
    var layers: LayerSet?
    while offset < value.byteCount {
      layers = LayerSet(rawValue: value.byte(at: offset))
      offset += 1
      guard number(in: value, &offset) != nil, number(in: value, &offset) != nil else { return nil }
    }
    return layers
  }

  /// Begins an open run behind those of `value`.
  static func begin(_ layers: LayerSet, at first: Int, in value: inout [UInt8]) {
    value.append(layers.rawValue)
    append(first, to: &value)
    value.append(0)
  }

  /// Ends the open run of `value`.
  static func end(at last: Int, in value: inout [UInt8]) {
    value.removeLast()
    append(last, to: &value)
  }

  private static func append(_ number: Int, to value: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      value.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    value.append(UInt8(rest))
  }

  private static func number(in value: RawSpan, _ offset: inout Int) -> Int? {
    var number = 0
    for shift in stride(from: 0, through: 28, by: 7) {
      guard let byte = value.peek(at: offset) else { return nil }
      offset += 1
      number |= Int(byte & 0x7F) << shift
      // A last group of zeros is that of an open run: another number has none, or ``isOpen(_:)`` would take it for one.
      if byte < 0x80 { return byte == 0 && shift > 0 ? nil : number }
    }
    return nil
  }
}
