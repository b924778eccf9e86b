/// What a process has given up, and why not more.
public struct HeldConfinement: Hashable, Sendable {
  /// The version of Landlock's interface by which files, networks and signals were given up in every thread; nil where they
  /// were not.
  public internal(set) var landlock: Int?
  /// Whether system calls were given up.
  public internal(set) var seccomp = false
  /// What stands in the way of more.
  public internal(set) var failures: [ConfinementFailure] = []

  /// Nothing was given up.
  public init() {}

  /// The oldest version of Landlock in which no file can be cut that must not be written to.
  public static let sufficientLandlock = 3

  /// Whether files are out of reach and system calls are refused, as this is meant to be.
  public var isSufficient: Bool { seccomp && (landlock ?? 0) >= Self.sufficientLandlock }
}
