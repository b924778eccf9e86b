import VerificationModel

/// Who is told of a reading while it goes on. Where nobody is, nothing is measured.
package struct Instruments: Sendable {
  /// Is told how many bytes were read.
  package var progress: InputProgress?
  /// Is told what each stage takes.
  package var statistics: RunStatistics?

  /// Tells those given; nobody unless told otherwise.
  package init(progress: InputProgress? = nil, statistics: RunStatistics? = nil) {
    self.progress = progress
    self.statistics = statistics
  }

  /// Reads as `source` does, and tells of it.
  func watching(_ source: BlockSource) -> BlockSource {
    guard progress != nil || statistics != nil else { return source }
    switch source {
    case .inOrder(let read):
      return .inOrder { buffer, count throws(VerificationError) in
        let bytes = try statistics.measure(.reading) { () throws(VerificationError) in try read(&buffer, count) }
        note(bytes)
        return bytes
      }
    case .atOffsets(let byteCount, let read):
      return .atOffsets(byteCount) { buffer, count, offset throws(VerificationError) in
        try statistics.measure(.reading) { () throws(VerificationError) in try read(&buffer, count, offset) }
        note(count)
      }
    }
  }

  private func note(_ bytes: Int) {
    progress?.add(bytes)
    statistics?.add(RunStatistics.Cost(bytes: UInt64(bytes)), to: .reading)
  }
}
