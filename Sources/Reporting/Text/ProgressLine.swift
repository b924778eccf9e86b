import VerificationModel

/// How far the reading has come, for people, in one line:
///
///      42 %  0.84 of 2.00 GiB  1.31 GiB/s  1 s left  backup.db
///
/// Where it is not known how much there is to read, bytes and rate alone.
public struct ProgressLine: Sendable {
  /// The fewest columns a name is cut to: in fewer it tells nobody anything.
  private static let leastNameColumns = 12
  private static let gap = "  "

  private let state: ReadingProgress.State
  private let elapsed: Duration

  /// The line for `state`, which it took so long to get to.
  public init(_ state: ReadingProgress.State, elapsed: Duration) {
    self.state = state
    self.elapsed = elapsed
  }

  /// The line, without control characters, in at most `width` columns: of the name the end is kept, and before the line
  /// gets wider its last parts are left out. In full when `width` is nil.
  public func render(width: Int? = nil) -> String {
    var parts = [percent, amount, file, ByteUnit.rate(state.bytesRead, in: elapsed), timeLeft].compactMap(\.self)
    let name = state.path.map { PrintableText($0).description }
    guard let width else { return Self.line(parts + [name].compactMap(\.self)) }
    while parts.count > 1, Self.line(parts).columns > width { parts.removeLast() }
    if let name {
      let room = width - Self.line(parts + [""]).columns
      if room >= min(name.columns, Self.leastNameColumns) { parts.append(name.elidedAtStart(to: room)) }
    }
    return Self.line(parts).prefix(columns: width)
  }

  private static func line(_ parts: [String]) -> String { parts.joined(separator: gap) }

  /// Bytes there are, never fewer than were read; nil where that is not known, or there are none.
  private var total: UInt64? {
    guard let expected = state.expectedBytes, expected > 0 else { return nil }
    return max(expected, state.bytesRead)
  }

  private var percent: String? {
    guard let total else { return nil }
    let digits = String(Int(Double(state.bytesRead) / Double(total) * 100))
    return digits.rightAligned(to: 3) + " %"
  }

  /// Which of several inputs is being read.
  private var file: String? {
    guard let number = state.fileNumber, let count = state.fileCount else { return nil }
    return "file \(number) of \(count)"
  }

  private var amount: String {
    guard let total else { return ByteUnit.amount(state.bytesRead) }
    let unit = ByteUnit(for: Double(total))
    return "\(unit.number(Double(state.bytesRead))) of \(unit.number(Double(total))) \(unit.name)"
  }

  /// The time that the rest takes at the rate so far, rounded up; nil where that can't be said, or is 99 hours or more.
  private var timeLeft: String? {
    guard let total, elapsed > .zero, (1..<total).contains(state.bytesRead) else { return nil }
    let rest = Double(total - state.bytesRead) / Double(state.bytesRead) * (elapsed / .seconds(1))
    guard rest < 99 * 3600 else { return nil }
    let seconds = Int(rest.rounded(.up))
    return switch seconds {
    case ..<60: "\(seconds) s left"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s left"
    default: "\(seconds / 3600) h \(seconds / 60 % 60) min left"
    }
  }
}
