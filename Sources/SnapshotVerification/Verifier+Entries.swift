import SnapshotInput
import SnapshotReading
import ValueAuthentication
import VerificationModel

extension Verifier {
  /// How many snapshots to verify at once unless told otherwise: ``ReadingOptions/defaultJobs``.
  public static var defaultJobs: Int { ReadingOptions.defaultJobs }

  /// Examines `entries`, and hands out what came of each, in order, as soon as it and those before it are done.
  ///
  /// Reports that wait for an earlier one are never more than twice `jobs`: then no further snapshot is begun. When
  /// `receive` throws, none is begun either, and those in work are finished first.
  ///
  /// - Parameters:
  ///   - jobs: how many are worked on at once, at least 1.
  ///   - receive: called on the calling thread.
  /// - Throws: what `receive` throws.
  public func examine<Failure: Error>(
    _ entries: [InputList.Entry], jobs: Int = Self.defaultJobs,
    _ receive: (InputList.Entry, InputReport) throws(Failure) -> Void
  ) throws(Failure) {
    let work = OrderedWork(count: entries.count, limit: jobs) { examine(entries[$0]) }
    defer { work.end() }
    for (index, entry) in entries.enumerated() { try receive(entry, work.take(index)) }
  }

  /// As above; and what `listen` makes of each report and its rows, on the thread that read them, is handed out with what
  /// came of the input: in the order of its snapshots, without those that could not be read.
  ///
  /// - Parameter digests: with them, ``StoredRow/contents`` is told.
  package func examine<Heard: Sendable, Failure: Error>(
    _ entries: [InputList.Entry], jobs: Int = Self.defaultJobs, digests: ContentDigests? = nil,
    listening listen: @escaping @Sendable (SnapshotReport, AssessedRows) -> Heard,
    _ receive: (InputList.Entry, InputReport, [Heard]) throws(Failure) -> Void
  ) throws(Failure) {
    let work = OrderedWork(count: entries.count, limit: jobs) { number in
      var heard: [Heard] = []
      let input = examine(entries[number], digests: digests) { heard.append(listen($0, $1)) }
      return (input: input, heard: heard)
    }
    defer { work.end() }
    for (index, entry) in entries.enumerated() {
      let (input, heard) = work.take(index)
      try receive(entry, input, heard)
    }
  }

  /// Reads and judges the snapshots that `entries` name, and hands out each with its report, as
  /// ``examine(_:jobs:_:)`` does.
  public func verify<Failure: Error>(
    _ entries: [InputList.Entry], jobs: Int = Self.defaultJobs,
    _ receive: (InputList.Entry, SnapshotReport) throws(Failure) -> Void
  ) throws(Failure) {
    try examine(entries, jobs: jobs) { entry, input throws(Failure) in
      for report in input.snapshots { try receive(entry, report) }
    }
  }
}
