import Foundation

@testable import SnapshotInput

/// All that came out of an input.
struct Unpacked {
  /// A snapshot, as far as it could be read.
  struct Snapshot {
    let containers: [Container]
    let member: String?
    let byteCount: UInt64?
    var bytes: [UInt8] = []
    /// What reading ended with.
    var failure: InputError?
  }

  private(set) var snapshots: [Snapshot] = []
  /// What was thrown between snapshots.
  private(set) var failures: [InputError] = []

  /// Everything that was thrown.
  var allFailures: [InputError] { snapshots.compactMap(\.failure) + failures }
  /// Everything that was read.
  var bytes: [UInt8] { snapshots.reduce(into: []) { $0 += $1.bytes } }

  /// Whether everything that was read is what `content` begins with.
  func isFront(of content: [UInt8]) -> Bool {
    let bytes = bytes
    // Sound: both hold as many bytes as are compared. Element by element, a debug build takes a second for it.
    return unsafe bytes.count <= content.count && memcmp(bytes, content, bytes.count) == 0
  }

  /// Opens and reads all of the file at `path`.
  init(_ path: String, limits: UnpackingLimits = UnpackingLimits(), blockBytes: Int = 1 << 18) {
    do throws(InputError) {
      let streams = try SnapshotStreams(path: path, limits: limits)
      self.init(streams, blockBytes: blockBytes)
    } catch {
      self.init(error)
    }
  }

  private init(_ failure: InputError) { failures = [failure] }

  /// Reads all of `streams`, in blocks.
  init(_ streams: SnapshotStreams, blockBytes: Int = 1 << 18) {
    while true {
      do throws(InputError) {
        guard let stream = try streams.next() else { return }
        snapshots.append(Self.snapshot(stream, blockBytes))
      } catch {
        failures.append(error)
      }
    }
  }

  private static func snapshot(_ stream: SnapshotStream, _ blockBytes: Int) -> Snapshot {
    var snapshot = Snapshot(containers: stream.containers, member: stream.member, byteCount: stream.byteCount)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockBytes, alignment: 1)
    defer { unsafe block.deallocate() }
    do throws(InputError) {
      while true {
        let count = unsafe try stream.read(into: block)
        if count == 0 { break }
        unsafe snapshot.bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
      }
    } catch {
      snapshot.failure = error
    }
    return snapshot
  }
}
