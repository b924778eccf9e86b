import Reporting
import SnapshotInput
import VerificationModel

/// Standard output of `inspect`: text and ndjson as the snapshots are read, json at the end.
struct InspectionOutput {
  private let format: OutputFormat
  private let text: InspectionText
  private let invocation: Invocation
  /// What was added so far.
  private(set) var inspections: [Inspection] = []

  /// Begins the output of the call `invocation`.
  init(_ format: OutputFormat, text: InspectionText, invocation: Invocation) throws {
    self.format = format
    self.text = text
    self.invocation = invocation
    if format == .ndjson { StandardOutput.send(try InspectionNDJSON.start(invocation: invocation)) }
  }

  /// Writes what can be told before the last snapshot is read.
  mutating func add(_ inspection: Inspection) throws {
    switch format {
    case .text: StandardOutput.send(text.render(inspection, isFirst: inspections.isEmpty))
    case .ndjson: StandardOutput.send(try InspectionNDJSON.snapshot(inspection))
    case .json: break
    }
    inspections.append(inspection)
  }

  /// Writes the rest.
  func end(passedOver: [PassedOver], duration: Duration) throws {
    switch format {
    case .text: StandardOutput.send(text.renderSummary(inspections, passedOver: passedOver))
    case .ndjson: StandardOutput.send(try InspectionNDJSON.end(inspections, passedOver: passedOver, duration: duration))
    case .json:
      StandardOutput.send(
        try InspectionJSON.render(
          inspections, passedOver: passedOver, invocation: invocation, duration: duration))
    }
  }
}
