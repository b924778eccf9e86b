import VerificationModel

/// A few buffers through which a file goes block by block: each block is read once and handed to one of the workers, and
/// to the follower if there is one, which takes all blocks in order. Blocks are begun in order; where the file can be read
/// at any offset, each worker reads its own, several at once.
///
/// A buffer is used again when all are done with it, so memory does not grow with the file.
package final class BlockRing: Sendable {
  /// Bytes in a block, unless a page has more.
  package static let blockBytes = 1 << 20

  /// A part of the file.
  package final class Block: @unchecked Sendable {
    /// The block's number, from 0.
    package let number: Int
    /// Bytes in the block.
    package let count: Int
    // Sound: nobody writes to the buffer while users have the block, and the ring takes it back after the last.
    private var buffer: [UInt8]

    fileprivate init(number: Int, buffer: consuming [UInt8], count: Int) {
      self.number = number
      self.buffer = buffer
      self.count = count
    }

    /// Hands the block's bytes to `body`.
    package func withBytes<Answer>(_ body: (RawSpan) -> Answer) -> Answer {
      // Sound: nobody writes to the buffer inside the call that lends it.
      unsafe buffer.withUnsafeBytes { unsafe body(RawSpan(_unsafeBytes: $0).extracting(first: count)) }
    }

    fileprivate func takeBuffer() -> [UInt8] {
      var taken: [UInt8] = []
      swap(&taken, &buffer)
      return taken
    }
  }

  private struct State: ~Copyable {
    var spare: [[UInt8]]
    package var blocks: [Int: (block: Block, users: Int)] = [:]
    /// The number of the block to be begun next.
    package var next = 0
    /// Whether a block is read that others must wait for.
    var isReading = false
    package var isAtEnd = false
    /// The first block that could not be read, and why. All blocks before it were begun, and are read or will be.
    package var failure: (number: Int, error: VerificationError)?
    package var turn = 0
    /// How many are to be done with a block before its buffer is used again.
    var usersOfEach: Int

    /// Whether `number` is that of a block which no bytes lead up to.
    func isCutOff(_ number: Int) -> Bool { failure.map { $0.number <= number } ?? false }

    /// Takes note that block `number` could not be read.
    package mutating func fail(_ number: Int, _ error: VerificationError) {
      isAtEnd = true
      if !isCutOff(number) { failure = (number, error) }
    }
  }

  private let state: SharedState<State>
  private let blockBytes: Int
  private let source: BlockSource

  /// A ring of `buffers` buffers for blocks of `blockBytes`.
  ///
  /// - Parameters:
  ///   - hasFollower: whether every block goes to a follower too.
  ///   - source: where the blocks come from.
  init(buffers: Int, blockBytes: Int, hasFollower: Bool, _ source: BlockSource) {
    state = SharedState(State(spare: (0..<buffers).map { _ in [] }, usersOfEach: hasFollower ? 2 : 1))
    self.blockBytes = blockBytes
    self.source = source
  }

  /// Tells that there is no follower after all; before the first block is read.
  func goOnWithoutFollower() { state.update { $0.usersOfEach = 1 } }

  /// Reads the next block, for a worker; nil at the end of the file, and after an error.
  package func nextBlock() -> Block? {
    switch source {
    case .inOrder(let read): nextBlock(read)
    case .atOffsets(let byteCount, let read): nextBlock(of: byteCount, read)
    }
  }

  private func nextBlock(_ read: (inout [UInt8], Int) throws(VerificationError) -> Int) -> Block? {
    let buffer = state.wait { state -> [UInt8]?? in
      if state.isAtEnd { return .some(nil) }
      guard !state.isReading, let buffer = state.spare.popLast() else { return nil }
      state.isReading = true
      return .some(buffer)
    }
    guard var bytes = buffer else { return nil }
    let outcome = Result { () throws(VerificationError) in try read(&bytes, blockBytes) }
    return state.update { state in
      state.isReading = false
      switch outcome {
      case .success(let count) where count > 0:
        state.next += 1
        return add(Block(number: state.next - 1, buffer: bytes, count: count), to: &state)
      case .success:
        state.isAtEnd = true
      case .failure(let error):
        state.fail(state.next, error)
      }
      return nil
    }
  }

  private func nextBlock(
    of byteCount: UInt64, _ read: (inout [UInt8], Int, UInt64) throws(VerificationError) -> Void
  ) -> Block? {
    let begun = state.wait { state -> (number: Int, buffer: [UInt8])?? in
      if UInt64(state.next) * UInt64(blockBytes) >= byteCount { state.isAtEnd = true }
      if state.isAtEnd { return .some(nil) }
      guard let buffer = state.spare.popLast() else { return nil }
      state.next += 1
      return .some((state.next - 1, buffer))
    }
    guard let (number, buffer) = begun else { return nil }
    var bytes = buffer
    let start = UInt64(number) * UInt64(blockBytes)
    let count = Int(min(UInt64(blockBytes), byteCount - start))
    do throws(VerificationError) {
      try read(&bytes, count, start)
    } catch {
      return state.update { state in
        state.fail(number, error)
        return nil
      }
    }
    return state.update { add(Block(number: number, buffer: bytes, count: count), to: &$0) }
  }

  private func add(_ block: Block, to state: inout State) -> Block {
    state.blocks[block.number] = (block, state.usersOfEach)
    return block
  }

  /// Waits for block `number`, for the follower; nil when the file ends before, or could not be read.
  package func block(_ number: Int) -> Block? {
    state.wait { state -> Block?? in
      if let entry = state.blocks[number] { return .some(entry.block) }
      return state.isCutOff(number) || state.isAtEnd && number >= state.next ? .some(nil) : nil
    }
  }

  /// Waits until the workers of all blocks before `block` have had their turn, then lets `body` have it. Does nothing where
  /// one of these blocks could not be read: a block that comes before the first of them has its turn all the same.
  func inTurn(_ block: Block, _ body: () -> Void) {
    let isTurn = state.wait { state -> Bool? in
      if state.turn == block.number { return true }
      return state.isCutOff(block.number) ? false : nil
    }
    guard isTurn else { return }
    body()
    state.update { $0.turn += 1 }
  }

  /// To be called by each user of `block` when it is done with it.
  package func release(_ block: Block) {
    let number = block.number
    state.update { state in
      guard let entry = state.blocks[number] else { return }
      if entry.users > 1 {
        state.blocks[number] = (entry.block, entry.users - 1)
      } else {
        state.blocks[number] = nil
        state.spare.append(entry.block.takeBuffer())
      }
    }
  }

  /// Why the file could not be read to its end.
  package var error: VerificationError? { state.update { $0.failure?.error } }
}
