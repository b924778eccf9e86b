/// Bytes of a bbolt file, whole or not, that are changed where its format has something to change.
public struct SnapshotMutation: Sendable {
  /// The bytes.
  public private(set) var bytes: [UInt8]
  private let pageSize: Int

  /// Changes `bytes`. Where its meta pages can't be told, pages of 4096 bytes are assumed.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let shift = (9...16).first { shift in
      let second = 1 << shift
      guard second + 20 <= bytes.count else { return false }
      // Both meta pages begin with the magic number, behind their headers.
      return (16..<20).allSatisfy { bytes[second + $0] == bytes[$0] }
    }
    pageSize = 1 << (shift ?? 12)
  }

  private var pages: Int { bytes.count / pageSize }

  // MARK: Changes

  /// Makes one change; of no bytes, none.
  public mutating func mutate(_ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let start = page(&random)
    switch random.count(0...7) {
    // A page's number, kind, count or overflow.
    case 0: tweak(start + random.one(of: [0, 8, 10, 12]), random.one(of: [1, 2, 4]), &random)
    // A field of an element.
    case 1, 2: tweak(start + 16 + 4 * random.count(0...63), 4, &random)
    // A field of a meta page.
    case 3: tweak(random.count(0...1) * pageSize + 16 + 4 * random.count(0...13), 4, &random)
    // One page in the place of another, perhaps under its number.
    case 4:
      let kept = random.isOne(in: 2) ? 8 : 0
      copy(from: page(&random) + kept, to: start + kept, pageSize - kept)
    // Bytes from elsewhere.
    case 5: copy(from: place(&random), to: place(&random), random.one(of: [4, 8, 16, 17, 33, 100, 400]))
    default: tweak(place(&random), 1, &random)
    }
  }

  /// Where a page starts.
  private func page(_ random: inout SeededGenerator) -> Int { random.count(0...max(0, pages - 1)) * pageSize }

  private func place(_ random: inout SeededGenerator) -> Int { random.count(0...bytes.count - 1) }

  /// Changes an integer of `width` bytes by a little, or to another one.
  private mutating func tweak(_ offset: Int, _ width: Int, _ random: inout SeededGenerator) {
    guard offset + width <= bytes.count else { return }
    let place = offset + random.one(of: [0, width - 1])
    switch random.count(0...5) {
    case 0: bytes[place] &+= 1
    case 1: bytes[place] &-= 1
    case 2: bytes[place] ^= 1 << UInt8(random.count(0...7))
    case 3: bytes[place] = UInt8(random.count(0...255))
    case 4: fill(offset..<offset + width, 0xFF)
    default: fill(offset..<offset + width, 0)
    }
  }

  private mutating func fill(_ range: Range<Int>, _ byte: UInt8) {
    for place in range { bytes[place] = byte }
  }

  private mutating func copy(from source: Int, to target: Int, _ count: Int) {
    let count = min(count, bytes.count - max(source, target))
    guard count > 0 else { return }
    bytes.replaceSubrange(target..<target + count, with: Array(bytes[source..<source + count]))
  }

  // MARK: Checksums

  /// Makes the checksums of both meta pages right.
  public mutating func sealMetas() {
    for start in [0, pageSize] where start + 80 <= bytes.count {
      let isBigEndian = bytes[start + 16] == 0xED && bytes[start + 17] == 0x0C
      let checksum = BoltPageEncoder.checksum(bytes[start + 16..<start + 72])
      for index in 0..<8 {
        bytes[start + 72 + index] = UInt8(truncatingIfNeeded: checksum >> UInt64(8 * (isBigEndian ? 7 - index : index)))
      }
    }
  }

  /// Where the SHA-256 lies that a file of this length announces; nil when it announces none.
  public var trailer: Range<Int>? { bytes.count % 512 == 32 ? bytes.count - 32..<bytes.count : nil }

  /// Puts `digest` where ``trailer`` is.
  public mutating func seal(_ digest: [UInt8]) {
    guard let trailer else { return }
    bytes.replaceSubrange(trailer, with: digest)
  }
}
