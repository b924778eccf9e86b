/// What the readers of one input tell of it while they read.
struct InputProgress: Sendable {
  let progress: ReadingProgress
  let number: Int

  /// So many more bytes were read.
  func add(_ count: Int) { progress.add(UInt64(count), to: number) }

  /// How many bytes there are will show only when they have been read.
  func expectAnyLength() { progress.expectAnyLength() }

  /// All was read that will be.
  func end() { progress.end(number) }
}
