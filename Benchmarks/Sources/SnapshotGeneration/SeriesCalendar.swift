/// What happens in which night of a series; nights are counted from 0.
///
/// Encryption is switched on after a quarter of the nights, and all Secrets are rewritten a little later; the key is
/// rotated after five eighths, and all are rewritten again.
struct SeriesCalendar {
  private let nights: Int

  init(nights: Int) { self.nights = nights }

  /// The first night in which values are encrypted.
  private var firstKey: Int { max(1, nights / 4) }
  /// The first night in which the second key writes.
  private var secondKey: Int { max(firstKey + 2, nights * 5 / 8) }
  /// How many nights after a change of the configuration all Secrets are rewritten.
  private var delay: Int { max(1, nights / 20) }

  /// Which key writes; nil as long as none does.
  func key(in night: Int) -> Int? { night < firstKey ? nil : night < secondKey ? 0 : 1 }

  /// Whether all Secrets are written again with the value that they have.
  func isRewrite(_ night: Int) -> Bool { night == firstKey + delay || night == secondKey + delay }

  /// Whether the older revisions are taken away before anything is written.
  func isCompaction(_ night: Int) -> Bool { night % 7 == 5 }

  /// Whether a single Secret is written, and nothing else happens.
  func isQuiet(_ night: Int) -> Bool { night % 5 == 4 && !isRewrite(night) && !isCompaction(night) }
}
