#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The processors that this process may use.
enum Processors {
  /// How many there are, at least 1.
  static let available = max(1, ProcessInfo.processInfo.activeProcessorCount)
}
