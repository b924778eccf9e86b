import VerificationModel

/// When a snapshot was taken, and what says so: no more exactly than that tells.
struct CaseTimeText {
  private let time: SnapshotTime?

  init(_ time: SnapshotTime?) { self.time = time }

  static let headings = ["taken at", "told by"]

  /// The time and its source.
  var cells: [String] { [moment, source] }

  /// Such as `2026-11-30T02:00:00Z, told by its name (k3s)`.
  var sentence: String { time == nil ? "not known" : "\(moment), told by \(source)" }

  /// As RFC 3339 has it, without the parts that are not known.
  private var moment: String {
    guard let time else { return "not known" }
    let zone = time.isZoneKnown ? "Z" : ""
    return switch time.precision {
    case .second: time.description.dropLast() + zone
    case .minute: time.description.prefix("2026-11-30T02:00".count) + zone
    case .day: String(time.description.prefix("2026-11-30".count))
    }
  }

  private var source: String {
    guard let time else { return "nothing" }
    let doubt = time.isZoneKnown || time.precision == .day ? "" : ", no zone"
    return switch time.source {
    case .option: "--taken-at" + doubt
    case .name(let form, _): "name (\(form.rawValue))" + doubt
    case .entryTime: "archive" + doubt
    case .fileTime: "file time" + doubt
    }
  }
}
