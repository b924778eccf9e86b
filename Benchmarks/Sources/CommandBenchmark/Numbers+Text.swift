import Foundation

extension Double {
  /// The number with so many decimal places.
  package func text(_ places: Int) -> String { String(format: "%.\(places)f", self) }

  /// Seconds, in three digits or so.
  package var secondsText: String { "\(text(self < 1 ? 3 : self < 10 ? 2 : 1)) s" }
}

extension UInt64 {
  /// So many bytes, in decimal units.
  package var bytesText: String {
    let megabytes = Double(self) / 1e6
    return megabytes < 1000 ? "\(megabytes.text(1)) MB" : "\((megabytes / 1000).text(1)) GB"
  }
}
