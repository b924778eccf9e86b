import ByteViews

/// The decoding table of a finite state entropy code (RFC 8878 §4.1).
struct FiniteStateTable {
  /// What a state stands for, and how the next one is told.
  struct State {
    var symbol: UInt8 = 0
    /// Bits to be read, and to be added to `base`.
    var bits: UInt8 = 0
    var base: UInt16 = 0
  }

  /// Bits of a state.
  let accuracy: Int
  private(set) var states: [State]

  /// One symbol alone, which takes no bits.
  init(repeating symbol: UInt8) {
    accuracy = 0
    states = [State(symbol: symbol)]
  }

  /// The table of symbols that occur so often of `1 << accuracy` times; -1 stands for less than once. Nil where they don't
  /// add up. O(states).
  init?(counts: [Int], accuracy: Int) {
    let size = 1 << accuracy
    guard counts.reduce(0, { $0 + abs($1) }) == size else { return nil }
    self.accuracy = accuracy
    states = [State](repeating: State(), count: size)
    var next = counts.map { abs($0) }
    var high = size - 1
    for (symbol, count) in counts.enumerated() where count < 0 {
      states[high].symbol = UInt8(symbol)
      high -= 1
    }
    var place = 0
    let step = size >> 1 + size >> 3 + 3
    for (symbol, count) in counts.enumerated() where count > 0 {
      for _ in 0..<count {
        states[place].symbol = UInt8(symbol)
        repeat { place = (place + step) & (size - 1) } while place > high
      }
    }
    for index in states.indices {
      let symbol = Int(states[index].symbol)
      let occurrence = next[symbol]
      next[symbol] += 1
      let bits = accuracy - (Int.bitWidth - 1 - occurrence.leadingZeroBitCount)
      states[index].bits = UInt8(bits)
      states[index].base = UInt16(occurrence << bits - size)
    }
  }

  /// The table that is described from `position` of `bytes` on, which moves behind the description; nil where none is.
  ///
  /// - Parameters:
  ///   - symbols: how many there may be.
  ///   - limit: the most bits of a state.
  init?(describedIn bytes: RawSpan, at position: inout Int, symbols: Int, atMost limit: Int) {
    var offset = 8 * position
    let end = 8 * bytes.byteCount
    /// Bits behind the end are zeros; whoever used some is told in the end.
    func bits(_ count: Int) -> Int {
      var value = 0
      for index in 0..<4 {
        value |= Int(bytes.peek(at: offset >> 3 + index) ?? 0) << (8 * index)
      }
      return value >> (offset & 7) & (1 << count - 1)
    }
    let accuracy = bits(4) + 5
    offset += 4
    guard accuracy <= limit else { return nil }
    var counts: [Int] = []
    var left = 1 << accuracy + 1
    var (threshold, width) = (1 << accuracy, accuracy + 1)
    while left > 1, counts.count < symbols, offset <= end {
      let most = 2 * threshold - 1 - left
      var count = bits(width)
      if count & (threshold - 1) < most {
        count &= threshold - 1
        offset += width - 1
      } else {
        if count >= threshold { count -= most }
        offset += width
      }
      counts.append(count - 1)
      left -= abs(count - 1)
      while left < threshold, threshold > 1 {
        width -= 1
        threshold >>= 1
      }
      guard count == 1 else { continue }
      // How many more have none, in steps of up to three.
      var more = 3
      while more == 3, counts.count < symbols {
        more = bits(2)
        offset += 2
        counts += [Int](repeating: 0, count: more)
      }
    }
    guard left == 1, counts.count <= symbols, offset <= end else { return nil }
    position = (offset + 7) >> 3
    self.init(counts: counts, accuracy: accuracy)
  }
}
