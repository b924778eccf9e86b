/// A few buffers through which a file goes block by block: each block is read once, in order, and handed to one of the
/// workers, and to the follower if there is one, which takes all blocks in order.
///
/// A buffer is used again when all are done with it, so memory does not grow with the file.
final class BlockRing: Sendable {
  /// Bytes in a block, unless a page has more.
  static let blockBytes = 1 << 20

  /// A part of the file.
  final class Block: @unchecked Sendable {
    /// The block's number, from 0.
    let number: Int
    /// Bytes in the block.
    let count: Int
    // Sound: nobody writes to the buffer while users have the block, and the ring takes it back after the last.
    private var buffer: [UInt8]

    fileprivate init(number: Int, buffer: consuming [UInt8], count: Int) {
      self.number = number
      self.buffer = buffer
      self.count = count
    }

    /// Hands the block's bytes to `body`.
    func withBytes<Answer>(_ body: (RawSpan) -> Answer) -> Answer {
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
    var blocks: [Int: (block: Block, users: Int)] = [:]
    var next = 0
    var isReading = false
    var isAtEnd = false
    var error: VerificationError?
    var turn = 0
  }

  private let state: Monitor<State>
  private let usersOfEach: Int
  private let blockBytes: Int
  private let read: @Sendable (inout [UInt8], Int) throws(VerificationError) -> Int

  /// A ring of `buffers` buffers for blocks of `blockBytes`.
  ///
  /// - Parameters:
  ///   - hasFollower: whether every block goes to a follower too.
  ///   - read: fills the buffer with the next bytes of the file, as many as are asked for unless it ends.
  init(
    buffers: Int, blockBytes: Int, hasFollower: Bool,
    read: @escaping @Sendable (inout [UInt8], Int) throws(VerificationError) -> Int
  ) {
    state = Monitor(State(spare: (0..<buffers).map { _ in [] }))
    usersOfEach = hasFollower ? 2 : 1
    self.blockBytes = blockBytes
    self.read = read
  }

  /// Reads the next block, for a worker; nil at the end of the file, and after an error.
  func nextBlock() -> Block? {
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
        let block = Block(number: state.next, buffer: bytes, count: count)
        state.blocks[state.next] = (block, usersOfEach)
        state.next += 1
        return block
      case .success:
        state.isAtEnd = true
      case .failure(let error):
        state.isAtEnd = true
        state.error = error
      }
      return nil
    }
  }

  /// Waits for block `number`, for the follower; nil when the file ends before.
  func block(_ number: Int) -> Block? {
    state.wait { state -> Block?? in
      if let entry = state.blocks[number] { return .some(entry.block) }
      return state.isAtEnd ? .some(nil) : nil
    }
  }

  /// Waits until the workers of all blocks before `block` have had their turn, then lets `body` have it.
  func inTurn(_ block: Block, _ body: () -> Void) {
    state.wait { $0.turn == block.number ? () : nil }
    body()
    state.update { $0.turn += 1 }
  }

  /// To be called by each user of `block` when it is done with it.
  func release(_ block: Block) {
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
  var error: VerificationError? { state.update { $0.error } }
}
