import BoltFormat
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SnapshotReading
@testable import VerificationModel

@Suite("Blocks of a file, for several threads")
struct BlockRingTests {
  private static let bytes: [UInt8] = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  @Test("All bytes come once, in order to the follower, whoever reads them", arguments: 1...4, [false, true])
  func allBytes(workers: Int, inOrder: Bool) {
    let ring = BlockRing(
      buffers: workers + 3, blockBytes: 64, hasFollower: true, inOrder ? Self.inOrder() : Self.atOffsets())
    let turns = Mutex<[UInt8]>([])
    let threads = (0..<workers).compactMap { _ in
      WorkThread {
        while let block = ring.nextBlock() {
          ring.inTurn(block) { turns.withLock { $0 += Self.copy(of: block) } }
          ring.release(block)
        }
      }
    }
    var followed: [UInt8] = []
    while let block = ring.block(followed.count / 64) {
      followed += Self.copy(of: block)
      ring.release(block)
      if block.count < 64 { break }
    }
    threads.forEach { $0.join() }
    #expect(followed == Self.bytes)
    #expect(turns.withLock { $0 } == Self.bytes)
    #expect(ring.error == nil)
    #expect(ring.block(16) == nil)
  }

  @Test("A block that can't be read ends all waiting", arguments: 1...4, 0..<16)
  func failure(workers: Int, failing: Int) {
    let ring = BlockRing(buffers: workers + 3, blockBytes: 64, hasFollower: true, Self.atOffsets(failingAt: failing))
    let threads = (0..<workers).compactMap { _ in
      WorkThread {
        while let block = ring.nextBlock() {
          ring.inTurn(block) {}
          ring.release(block)
        }
      }
    }
    var number = 0
    while let block = ring.block(number) {
      ring.release(block)
      number += 1
    }
    threads.forEach { $0.join() }
    #expect(number <= failing)
    #expect(ring.error?.code == "test")
  }

  @Test("All blocks before the one that can't be read have their turn", arguments: 2...8, 0..<16)
  func turnsBeforeFailure(workers: Int, failing: Int) {
    for source in [Self.atOffsets(failingAt: failing, slowly: true), Self.inOrder(failingAt: failing)] {
      let ring = BlockRing(buffers: workers + 3, blockBytes: 64, hasFollower: true, source)
      let turns = Mutex<[Int]>([])
      let threads = (0..<workers).compactMap { _ in
        WorkThread {
          while let block = ring.nextBlock() {
            ring.inTurn(block) { turns.withLock { $0.append(block.number) } }
            ring.release(block)
          }
        }
      }
      var followed = 0
      while let block = ring.block(followed) {
        ring.release(block)
        followed += 1
      }
      threads.forEach { $0.join() }
      #expect(turns.withLock { $0 } == Array(0..<failing))
      #expect(followed == failing)
      #expect(ring.error?.code == "test")
    }
  }

  private static func atOffsets(failingAt failing: Int? = nil, slowly: Bool = false) -> BlockSource {
    .atOffsets(UInt64(bytes.count)) { buffer, count, offset throws(VerificationError) in
      // The later a block comes, the sooner it is read: those before the one that fails are read after it.
      if slowly { usleep(UInt32(200 * (16 - offset / 64))) }
      if failing.map({ UInt64($0) * 64 }) == offset { throw VerificationError(code: "test", message: "test") }
      buffer = Array(bytes[Int(offset)..<Int(offset) + count])
    }
  }

  private static func inOrder(failingAt failing: Int? = nil) -> BlockSource {
    let position = Mutex(0)
    return .inOrder { buffer, count throws(VerificationError) in
      if position.withLock({ $0 }) == failing.map({ $0 * 64 }) {
        throw VerificationError(code: "test", message: "test")
      }
      return position.withLock { position in
        let end = min(position + count, bytes.count)
        defer { position = end }
        buffer = Array(bytes[position..<end])
        return end - position
      }
    }
  }

  private static func copy(of block: BlockRing.Block) -> [UInt8] {
    var copy: [UInt8] = []
    block.withBytes { copy.append($0) }
    return copy
  }
}
