/// Who is told of a reading while it goes on. Where nobody is, nothing is measured.
struct Instruments: Sendable {
  /// Is told how many bytes were read.
  var progress: InputProgress?
  /// Is told what each stage takes.
  var statistics: RunStatistics?

  /// Reads as `read` does, and tells of it.
  func watching(_ read: @escaping PageScan.Read) -> PageScan.Read {
    guard progress != nil || statistics != nil else { return read }
    return { buffer, count throws(VerificationError) in
      let bytes = try statistics.measure(.reading) { () throws(VerificationError) in try read(&buffer, count) }
      progress?.add(bytes)
      statistics?.add(RunStatistics.Cost(bytes: UInt64(bytes)), to: .reading)
      return bytes
    }
  }
}
