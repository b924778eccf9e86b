import Foundation

/// How many programs the tests run at once: those beyond wait for one to end.
///
/// Hundreds of tests begin together. Each program takes file descriptors of the tests' process, and Foundation's
/// `Process.run()` reads behind its buffer where `/proc/self/fd` has more than about 1,360 entries (24 bytes each, of a
/// buffer of 32 KiB, from which it copies 256 at a time).
public actor ProgramSlots {
  /// The slots of this process.
  public static let shared = ProgramSlots(max(4, 2 * ProcessInfo.processInfo.activeProcessorCount))

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  private init(_ count: Int) { free = count }

  /// Runs `body`, which runs a program to its end, when there is a slot for it.
  public nonisolated func run<Answer: Sendable>(
    _ body: @Sendable () async throws -> Answer
  ) async throws -> Answer {
    await take()
    do {
      let answer = try await body()
      await giveBack()
      return answer
    } catch {
      await giveBack()
      throw error
    }
  }

  private func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func giveBack() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
