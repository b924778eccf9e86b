#if os(Linux)
  import CLinux
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What this process gives up for good, in two steps: at its start what it never needs, and once it knows its files the rest.
///
/// The order matters as it does in xz: first files are named, then all else is given up, and only then a byte of an input is
/// parsed. On systems other than Linux nothing is given up.
public enum ProcessConfinement {
  /// The first step, at the start of the program: no privileges can be gained any more, as programs with the set-user-ID bit
  /// give them, and no other process of the user may look into the memory or have it dumped.
  ///
  /// A core file is what a limit forbids too, but not one that the system hands to a program (core(5)).
  public static func begin() {
    #if os(Linux)
      _ = linux_prctl(PR_SET_NO_NEW_PRIVS, 1)
      _ = linux_prctl(PR_SET_DUMPABLE, 0)
    #endif
  }

  /// The second step: gives up all files but `grants`, networks, other programs and processes, and what
  /// ``SystemCallFilter`` names; answers what of that the system let it give up.
  ///
  /// To be called once, before another thread is begun: Landlock binds the calling thread and those that it begins. Where a
  /// preloaded library has begun one, Landlock does not count as held.
  public static func complete(_ grants: FileGrants) -> HeldConfinement {
    var held = HeldConfinement()
    #if os(Linux)
      _ = linux_prctl(PR_SET_NO_NEW_PRIVS, 1)
      let isAlone = isOnlyThread
      do throws(ConfinementFailure) {
        let version = try Landlock.restrict(to: grants.grants)
        guard isAlone else {
          throw ConfinementFailure(.landlock, reason: "another thread runs already, which it does not bind")
        }
        held.landlock = version
      } catch {
        held.failures.append(error)
      }
      do throws(ConfinementFailure) {
        try SystemCallFilter.install(isAlone: isAlone)
        held.seccomp = true
      } catch {
        held.failures.append(error)
      }
    #else
      held.failures = [.landlock, .seccomp].map { ConfinementFailure($0, reason: "this system does not have it") }
    #endif
    return held
  }

  #if os(Linux)
    /// Whether the calling thread is the only one of the process.
    private static var isOnlyThread: Bool {
      // unshare(2): with CLONE_THREAD it changes nothing, and fails where there are other threads. It needs no /proc, which
      // a container may lack; but the filter of a container may refuse it.
      if linux_unshare(0x10000) == 0 { return true }
      guard errno == EPERM || errno == ENOSYS else { return false }
      // Sound: the entries are read before the next is asked for, and the directory is closed once.
      guard let directory = unsafe opendir("/proc/self/task") else { return false }
      defer { _ = unsafe closedir(directory) }
      var count = 0
      while let entry = unsafe readdir(directory) {
        if unsafe entry.pointee.d_name.0 != UInt8(ascii: ".") { count += 1 }
      }
      return count == 1
    }
  #endif
}
