/// The bytes of an input, or of one layer unpacked from it, with a look at those to come.
final class ByteStream: ByteReader {
  /// The entry of an archive that the bytes belong to, as ``SnapshotStream/member`` names it.
  let member: String?
  /// When the archive says that the entry was last modified, in seconds since 1970.
  let modified: Int64?
  /// How many containers were unpacked to get them.
  let depth: Int
  private let reader: any ByteReader
  private let meter: UnpackingMeter

  /// Bytes that were looked at, of which the first `handedOut` have been read since.
  private var held: [UInt8] = []
  private var handedOut = 0
  private var isAtEnd = false
  /// What is thrown once all bytes before it were read, and from then on.
  private(set) var failure: InputError?

  init(_ reader: any ByteReader, depth: Int, member: String?, modified: Int64? = nil, _ meter: UnpackingMeter) {
    self.reader = reader
    self.depth = depth
    self.member = member
    self.modified = modified
    self.meter = meter
  }

  /// The first `count` bytes, or as many as there are before the end or a fault. They stay to be read.
  ///
  /// To be called before the first byte is read.
  func lookAhead(_ count: Int) -> ArraySlice<UInt8> {
    precondition(handedOut == 0, "bytes that were read can't be looked at")
    var filled = held.count
    if filled < count, !isAtEnd, failure == nil {
      held += [UInt8](repeating: 0, count: count - filled)
      // Sound: the bytes are written inside the call that lends them.
      unsafe held.withUnsafeMutableBytes { bytes in
        filled += unsafe fill(UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]))
      }
      held.removeLast(count - filled)
    }
    return held.prefix(count)
  }

  /// Fills `buffer`; answers fewer bytes than it has room for only before the end or a fault, and 0 only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    var done = 0
    if handedOut < held.count {
      done = min(held.count - handedOut, buffer.count)
      // Sound: both buffers hold at least `done` bytes from there on.
      unsafe held.withUnsafeBytes { held in
        unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: held[handedOut..<handedOut + done]))
      }
      handedOut += done
      if handedOut == held.count { (held, handedOut) = ([], 0) }
    }
    done += unsafe fill(UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
    if done == 0, let failure, unsafe !buffer.isEmpty { throw failure }
    return done
  }

  /// Reads until `buffer` is full, the end comes, or a fault, which is kept for later; answers the number of bytes.
  private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    while done < buffer.count, !isAtEnd, failure == nil {
      do throws(InputError) {
        let count = unsafe try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
        if count == 0 { isAtEnd = true }
        if !meter.add(count, at: depth) { failure = excessiveRatio }
        done += count
      } catch {
        failure = error
      }
    }
    return done
  }

  private var excessiveRatio: InputError {
    InputError(
      .excessiveRatio,
      "what is unpacked is more than \(meter.limits.ratio) times as large as the input, perhaps made to exhaust this "
        + "machine: raise the limit if you trust it", member: member)
  }
}
