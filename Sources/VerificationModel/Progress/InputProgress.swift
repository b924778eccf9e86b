/// What the readers of one input tell of it while they read.
package struct InputProgress: Sendable {
  package let progress: ReadingProgress
  package let number: Int

  /// So many more bytes were read.
  package func add(_ count: Int) { progress.add(UInt64(count), to: number) }

  /// How many bytes there are will show only when they have been read.
  package func expectAnyLength() { progress.expectAnyLength() }

  /// All was read that will be.
  package func end() { progress.end(number) }
}
