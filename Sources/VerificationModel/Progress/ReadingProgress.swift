public import SnapshotInput
import Synchronization

/// How far the reading of a call's inputs has come: told by those who read, once for each block, and asked from any
/// thread at any time.
public final class ReadingProgress: Sendable {
  /// How far it has come at one moment.
  public struct State: Hashable, Sendable {
    /// Bytes of snapshots that were read; of packed ones, as they are unpacked. What is read again is not counted
    /// again.
    public var bytesRead: UInt64
    /// Bytes there are, read or not; nil once an input has been met whose length shows only when it has been read: a
    /// pipe or a container.
    public var expectedBytes: UInt64?
    /// The path of the input that is being read; of several, of the one that was begun first.
    public var path: String?
    /// The number of that input, from 1 on; nil where there is one input only, or none is being read.
    public var fileNumber: Int?
    /// How many inputs there are.
    public var fileCount: Int?

    /// A state of these figures.
    public init(
      bytesRead: UInt64, expectedBytes: UInt64? = nil, path: String? = nil, fileNumber: Int? = nil,
      fileCount: Int? = nil
    ) {
      self.bytesRead = bytesRead
      self.expectedBytes = expectedBytes
      self.path = path
      self.fileNumber = fileNumber
      self.fileCount = fileCount
    }
  }

  /// An input that is being read.
  private struct Input {
    let number: Int
    let path: String
    /// What it adds to the bytes expected.
    let expectedBytes: UInt64
    var bytesRead: UInt64 = 0
  }

  private struct Contents {
    var bytesRead: UInt64 = 0
    var expectedBytes: UInt64?
    var inputs: [Input] = []
    var begun = 0
  }

  private let contents: Mutex<Contents>
  private let count: Int

  /// The progress of a call that reads `entries`, of which nothing has been read yet. One look at each file.
  public init(of entries: [InputList.Entry]) {
    var sum: UInt64? = 0
    for entry in entries {
      guard let bytes = entry.byteCount else {
        sum = nil
        break
      }
      sum? += bytes
    }
    count = entries.count
    contents = Mutex(Contents(expectedBytes: sum))
  }

  /// How far it has come now.
  public var state: State {
    contents.withLock { contents in
      let number = count > 1 ? contents.inputs.first?.number : nil
      return State(
        bytesRead: contents.bytesRead, expectedBytes: contents.expectedBytes, path: contents.inputs.first?.path,
        fileNumber: number, fileCount: number.map { _ in count })
    }
  }

  /// Begins with `entry`.
  package func begin(_ entry: InputList.Entry) -> InputProgress {
    let expected = entry.byteCount ?? 0
    let number = contents.withLock { contents in
      contents.begun += 1
      contents.inputs.append(Input(number: contents.begun, path: entry.path, expectedBytes: expected))
      return contents.begun
    }
    return InputProgress(progress: self, number: number)
  }

  /// Counts bytes that were read of input `number`.
  package func add(_ count: UInt64, to number: Int) {
    contents.withLock { contents in
      contents.bytesRead += count
      guard let index = contents.inputs.firstIndex(where: { $0.number == number }) else { return }
      contents.inputs[index].bytesRead += count
    }
  }

  /// Gives up the number of bytes expected.
  package func expectAnyLength() {
    contents.withLock { $0.expectedBytes = nil }
  }

  /// Ends input `number`. From now on as many bytes are expected of it as were read, be they fewer than it had at first
  /// or more.
  package func end(_ number: Int) {
    contents.withLock { contents in
      guard let index = contents.inputs.firstIndex(where: { $0.number == number }) else { return }
      let input = contents.inputs.remove(at: index)
      guard let sum = contents.expectedBytes else { return }
      contents.expectedBytes = sum - min(sum, input.expectedBytes) + input.bytesRead
    }
  }
}
