/// Unpacks LZW as Go's compress/lzw writes it, least significant bits first and with literals of 8 bits: what Gardener's
/// etcd-backup-restore makes of a snapshot unless told otherwise.
///
/// The data has no mark and no checksum. Codes have 9 to 12 bits; 256 clears the table, and 257 ends the data, without
/// which it was cut (Go: compress/lzw/reader.go).
@safe final class LZWDecoder: ByteReader {
  private static let clearCode = 256
  private static let endCode = 257
  private static let maximumWidth = 12

  private let container: NamedContainer
  private let blocks: PackedBlocks
  private var block = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  private var isAtEnd = false

  // Bits that were read and are no code yet, the next one lowest.
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var width = 9

  /// What each code above 257 stands for: a shorter code, and one more byte.
  private var prefixes = [UInt16](repeating: 0, count: 1 << maximumWidth)
  private var suffixes = [UInt8](repeating: 0, count: 1 << maximumWidth)
  /// The code that the next one defines, unless it is the first in its table.
  private var upcomingCode = endCode
  /// The code before the next; nil where that defines no new one.
  private var last: Int?
  /// What the last code stands for, backwards, as far as it was not handed out.
  private var waiting: [UInt8] = []

  init(_ container: NamedContainer, of packed: any ByteReader) {
    self.container = container
    blocks = PackedBlocks(of: packed)
    waiting.reserveCapacity(1 << Self.maximumWidth)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    var done = 0
    while done < buffer.count {
      if let byte = waiting.popLast() {
        unsafe buffer[done] = byte
        done += 1
      } else if isAtEnd {
        break
      } else {
        do throws(InputError) {
          try decode()
        } catch {
          // The fault comes again with the next call, behind the bytes before it.
          if done > 0 { return done }
          throw error
        }
      }
    }
    return done
  }

  /// Reads a code, and puts what it stands for into ``waiting``.
  private func decode() throws(InputError) {
    let code = try nextCode()
    switch code {
    case Self.clearCode:
      (width, upcomingCode, last) = (9, Self.endCode, nil)
      return
    case Self.endCode:
      isAtEnd = true
      guard unsafe block.isEmpty, unsafe try blocks.next().isEmpty else { throw container.trailingData }
      return
    case ..<upcomingCode:
      expand(code)
    case upcomingCode:
      if let last {
        // What is defined by itself: the code before it, and the first byte of that again.
        expand(last)
        if let first = waiting.last { waiting.insert(first, at: 0) }
      } else {
        // The last code of a full table.
        expand(code)
      }
    default:
      throw container.damaged("a code that stands for nothing")
    }
    if let last, let first = waiting.last {
      prefixes[upcomingCode] = UInt16(last)
      suffixes[upcomingCode] = first
    }
    last = code
    advance()
  }

  private func expand(_ code: Int) {
    var code = code
    while code >= Self.clearCode {
      waiting.append(suffixes[code])
      code = Int(prefixes[code])
    }
    waiting.append(UInt8(code))
  }

  /// Makes room for the next definition. A full table stays as it is until it is cleared.
  private func advance() {
    upcomingCode += 1
    guard upcomingCode >= 1 << width else { return }
    if width == Self.maximumWidth {
      upcomingCode -= 1
      last = nil
    } else {
      width += 1
    }
  }

  private func nextCode() throws(InputError) -> Int {
    while bitCount < width {
      if unsafe block.isEmpty {
        unsafe block = try blocks.next()
        guard unsafe !block.isEmpty else { throw container.truncated }
      }
      bits |= unsafe UInt32(block[block.startIndex]) << UInt32(bitCount)
      unsafe block = UnsafeRawBufferPointer(rebasing: block.dropFirst())
      bitCount += 8
    }
    let code = Int(bits & (1 << UInt32(width) - 1))
    bits >>= UInt32(width)
    bitCount -= width
    return code
  }

  /// Whether data that begins with `head` can be unpacked, and the first `count` bytes that come out of it begin like
  /// what is looked for: the data itself has no mark but the code that clears the table, with which writers begin.
  static func canBegin(
    with head: ArraySlice<UInt8>, unpackedTo count: Int, _ isExpected: (ArraySlice<UInt8>) -> Bool
  ) -> Bool {
    guard head.count > 2, head[head.startIndex] == 0, head[head.startIndex + 1] & 1 == 1 else { return false }
    let decoder = LZWDecoder(NamedContainer(kind: .lzw, member: nil), of: HeldBytes(head))
    var output = [UInt8](repeating: 0, count: count)
    // Sound: the bytes are written inside the call that lends them.
    let count = unsafe output.withUnsafeMutableBytes { buffer in
      (try? unsafe decoder.read(into: buffer)) ?? 0
    }
    return isExpected(output.prefix(count))
  }
}

/// Bytes in memory.
private final class HeldBytes: ByteReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(rest.count, buffer.count)
    // Sound: both hold at least `count` bytes.
    unsafe rest.withUnsafeBytes { unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    rest = rest.dropFirst(count)
    return count
  }
}
