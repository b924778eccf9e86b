/// What came of killing `atrest case add` again and again.
public struct KillResult: Codable, Hashable, Sendable {
  /// Calls that were killed.
  public internal(set) var kills = 0
  /// Calls that ended before they were killed.
  public internal(set) var ends = 0
  /// Calls after whose end by SIGKILL the case held nothing new.
  public internal(set) var before = 0
  /// Cases that were filled in spite of it, and compared with one that was never interrupted.
  public internal(set) var cases = 0
  /// What is not as it must be.
  public internal(set) var violations: [String] = []
}
