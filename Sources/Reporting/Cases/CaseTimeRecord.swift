import VerificationModel

/// When a snapshot was taken, and what says so.
struct CaseTimeRecord: Encodable {
  let time: String
  let source: String
  let form: String?
  let name: PrintableText?
  let precision: String
  let zoneKnown: Bool

  init(_ time: SnapshotTime) {
    self.time = time.description
    precision =
      switch time.precision {
      case .second: "second"
      case .minute: "minute"
      case .day: "day"
      }
    zoneKnown = time.isZoneKnown
    source = time.source.label
    if case .name(let form, let name) = time.source {
      (self.form, self.name) = (form.rawValue, PrintableText(name))
    } else {
      (form, name) = (nil, nil)
    }
  }
}

extension SnapshotTime.Source {
  /// What reports for programs call it.
  var label: String {
    switch self {
    case .option: "option"
    case .name: "name"
    case .entryTime: "archive"
    case .fileTime: "file"
    }
  }
}
