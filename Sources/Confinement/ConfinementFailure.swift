#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a process could not give something up.
public struct ConfinementFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// By what it is given up.
  public enum Means: String, Sendable {
    /// Files, networks and signals.
    case landlock = "Landlock"
    /// System calls.
    case seccomp
  }

  /// By what it would have been given up.
  public let means: Means
  /// A clause that says what is in the way.
  private let reason: String

  /// The failure of a call that the system gave this number for.
  init(_ means: Means, _ code: Int32) {
    self.means = means
    switch code {
    case ENOSYS: reason = "the kernel does not have it"
    case EOPNOTSUPP: reason = "the kernel has it, and it is switched off"
    // libseccomp has ECANCELED for whatever the kernel refuses.
    case EPERM, EACCES, ECANCELED: reason = "the system does not let this process use it"
    // Sound: the system answers a string for each number.
    default: reason = unsafe String(cString: strerror(code)).lowercased()
    }
  }

  /// A failure of which `reason` says, as a clause, what is in the way.
  init(_ means: Means, reason: String) {
    self.means = means
    self.reason = reason
  }

  /// A clause such as "Landlock: the kernel does not have it".
  public var description: String { "\(means.rawValue): \(reason)" }
}
