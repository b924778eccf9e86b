import SnapshotInput

/// All that comes out of an input, read in blocks of some size.
struct UnpackedInput {
  /// One file of it, or a fault between two.
  struct Part: Equatable {
    var kind: String
    var member: String?
    var containers: [Container] = []
    var count = 0
    var sum: UInt64 = 0
    var failure: InputError.Code?
  }

  private(set) var parts: [Part] = []
  private(set) var complaints: [String] = []

  init(_ path: String, _ limits: UnpackingLimits, blockBytes: Int) {
    do throws(InputError) {
      let streams = try SnapshotStreams(path: path, limits: limits, acceptsCompanions: true)
      read(streams, limits, blockBytes)
    } catch {
      parts.append(Part(kind: "none", failure: error.code))
    }
  }

  private mutating func read(_ streams: SnapshotStreams, _ limits: UnpackingLimits, _ blockBytes: Int) {
    // Each header of an archive has some bytes: so many parts are in no input that is fuzzed.
    for _ in 0..<100_000 {
      do throws(InputError) {
        guard let part = try streams.nextPart() else { return }
        switch part {
        case .snapshot(let stream): take(stream, "snapshot", limits, blockBytes)
        case .companion(let content, let stream): take(stream, content.rawValue, limits, blockBytes)
        case .passedOver(let entry): parts.append(Part(kind: "passed over", member: entry.member))
        }
      } catch {
        if "\(error)".isEmpty { complaints.append("an error says nothing") }
        parts.append(Part(kind: "fault", member: error.member, failure: error.code))
      }
    }
    complaints.append("the input has no end")
  }

  private mutating func take(_ stream: SnapshotStream, _ kind: String, _ limits: UnpackingLimits, _ blockBytes: Int) {
    var part = Part(kind: kind, member: stream.member, containers: stream.containers)
    if stream.containers.count > 8 { complaints.append("\(stream.containers.count) containers in one another") }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockBytes, alignment: 1)
    defer { unsafe block.deallocate() }
    do throws(InputError) {
      while true {
        let count = unsafe try stream.read(into: block)
        if count == 0 { break }
        part.count += count
        // FNV-1a, over pieces that differ from block size to block size.
        for offset in 0..<count { part.sum = unsafe (part.sum ^ UInt64(block[offset])) &* 0x0000_0100_0000_01B3 }
      }
    } catch {
      part.failure = error.code
    }
    // What is over the limit is told with the block in which that was found.
    if !stream.containers.isEmpty, part.count > Int(limits.byteCount) + 2 * blockBytes {
      complaints.append("\(part.count) bytes came out where \(limits.byteCount) may")
    }
    if part.failure == .tooLarge || part.failure == .excessiveRatio { (part.count, part.sum) = (0, 0) }
    parts.append(part)
  }
}
