import VerificationModel

/// A column of the tables that count values by their class.
enum CountColumn: String {
  case total
  case encrypted
  case plaintext
  case malformed
  case unknownEnvelope = "unknown"
  case unrecognized
  case empty
  /// What is neither encrypted nor plaintext.
  case other

  /// The classes that are columns of their own only where they occur.
  static let rare: [CountColumn] = [.malformed, .unknownEnvelope, .unrecognized, .empty]

  /// What stands above the counts.
  var heading: String { rawValue }

  /// How many of the values it counts.
  func count(_ counts: ClassCounts) -> Int {
    switch self {
    case .total: counts.total
    case .encrypted: counts.encrypted
    case .plaintext: counts.plaintext
    case .malformed: counts.malformed
    case .unknownEnvelope: counts.unknownEnvelope
    case .unrecognized: counts.unrecognized
    case .empty: counts.empty
    case .other: counts.undetermined
    }
  }

  /// Good when all values are encrypted, bad when some are not.
  func tone(_ counts: ClassCounts) -> Style.Tone? {
    switch self {
    case .total: nil
    case .encrypted: counts.total > 0 && counts.encrypted == counts.total ? .good : nil
    default: count(counts) > 0 ? .bad : nil
    }
  }
}

extension Table.Row {
  /// Counts beside a label.
  static func figures(_ label: String, _ figures: [(column: CountColumn, counts: ClassCounts)]) -> Table.Row {
    let tones = figures.enumerated().map { ($0.offset + 1, $0.element.column.tone($0.element.counts)) }
    return .cells(
      [label] + figures.map { String($0.column.count($0.counts)) },
      tones: Dictionary(uniqueKeysWithValues: tones).compactMapValues(\.self))
  }
}
