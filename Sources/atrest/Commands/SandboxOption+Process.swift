import Confinement
import Cryptography
import Reporting
import SnapshotInput
import SnapshotVerification
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What this process gave up; nil as long as it was not asked to.
private let stateOfProcess = Mutex<SandboxState?>(nil)

extension SandboxOption {
  /// Gives up all but `grants`. To be called before the first byte of an input is parsed, and before a thread is begun.
  ///
  /// Where the call insists on more than the system lets the process give up, that is printed, and the call is wrong then.
  func confine(_ grants: FileGrants) throws {
    guard sandbox != .off else {
      stateOfProcess.withLock { $0 = SandboxState(mode: sandbox.rawValue, landlock: nil, seccomp: false) }
      return
    }
    Self.readSystemFiles()
    var grants = grants
    // The C library asks once whether memory that it gives back can be had again (malloc/arena.c).
    grants.read("/proc/sys/vm/overcommit_memory")
    // Where getrandom(2) is not to be had.
    grants.read("/dev/urandom")
    let held = ProcessConfinement.complete(grants)
    guard sandbox != .require || held.isSufficient else {
      StandardOutput.sendError(WrongCall.line("--sandbox=require can't be kept: \(Self.lack(of: held))"))
      throw ExitStatus.usage
    }
    stateOfProcess.withLock {
      $0 = SandboxState(mode: sandbox.rawValue, landlock: held.landlock, seccomp: held.seccomp)
    }
  }

  /// What is missing in `held`, as clauses.
  private static func lack(of held: HeldConfinement) -> String {
    let old = held.landlock.flatMap { version in
      version < HeldConfinement.sufficientLandlock
        ? "Landlock: the kernel has version \(version), which lets files be cut; version "
          + "\(HeldConfinement.sufficientLandlock) is needed" : nil
    }
    return ([old].compactMap(\.self) + held.failures.map(\.description)).joined(separator: "; ")
  }

  /// Reads what the libraries and the program read once in files of the system that are out of reach later: OpenSSL its
  /// configuration and the modules that it names, the number of processors, the local time, by which zip archives date their
  /// members, and the tables by which libarchive converts names.
  private static func readSystemFiles() {
    _ = SHA256().digest()
    _ = Verifier.defaultJobs
    #if os(Linux)
      tzset()
      // Sound: the names outlive the call, and what was opened is closed once.
      let conversion = unsafe iconv_open("UTF-8", "ANSI_X3.4-1968")
      if unsafe conversion != iconv_t(bitPattern: -1) { _ = unsafe iconv_close(conversion) }
    #endif
  }
}

extension SandboxState {
  /// What this process gave up; nil as long as it was not asked to.
  static var ofThisProcess: SandboxState? { stateOfProcess.withLock { $0 } }
}

extension FileGrants {
  /// Lets what `list` stands for be read: the files and directories that `arguments` name, and the logs beside them.
  ///
  /// - Parameter followsLinks: whether links in directories were followed, which may lead out of them.
  mutating func read(_ list: InputList, named arguments: [String], followsLinks: Bool = false) {
    for argument in arguments where argument != InputList.standardInput { read(argument) }
    for entry in list.entries {
      if let logs = entry.logDirectory { read(logs) }
      if followsLinks, entry.isFromDirectory { read(entry.path) }
    }
  }

  /// Lets the files at `paths` be read; a `-` among them stands for standard input, which is open.
  mutating func read(_ paths: [String?]) {
    for case let path? in paths where path != InputList.standardInput { read(path) }
  }
}
