#if os(Linux)
  import CLinux

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #endif

  /// Landlock, by which a process of Linux gives up files, networks and signals (landlock(7)).
  enum Landlock {
    /// The newest version of the interface whose numbers are known here.
    static let newestVersion = 7

    /// Confines the calling thread, and all that it begins from now on, to `grants`; answers the version of the interface that
    /// was used.
    ///
    /// The process must not gain privileges any more (`PR_SET_NO_NEW_PRIVS`). Throws why nothing was given up.
    static func restrict(to grants: [FileGrants.Grant]) throws(ConfinementFailure) -> Int {
      let (ruleset, version) = try makeRuleset()
      defer { close(ruleset) }
      let handled = FileAccessRights.all(in: version)
      for grant in grants { try add(grant, handled, to: ruleset) }
      // Refusals are left to the log of the system, which flags of version 7 would keep from it: one is worth reading.
      guard linux_landlock_restrict_self(ruleset, 0) == 0 else { throw ConfinementFailure(.landlock, errno) }
      return version
    }

    /// What a set of rules refuses unless one of them allows it (`struct landlock_ruleset_attr`). Older versions know the first
    /// member, or the first two.
    private struct RulesetAttributes {
      var files: UInt64
      var network: UInt64
      var scopes: UInt64

      init(_ version: Int) {
        files = FileAccessRights.all(in: version).rawValue
        // Version 4: bind(2) and connect(2) of TCP.
        network = version >= 4 ? 0b11 : 0
        // Version 6: abstract UNIX sockets, and signals to processes that are not confined with this one. Its parent can
        // still end it.
        scopes = version >= 6 ? 0b11 : 0
      }

      static func byteCount(_ version: Int) -> Int { version >= 6 ? 24 : version >= 4 ? 16 : 8 }
    }

    /// Makes an empty set of rules, by the newest version of the interface that the kernel and this know.
    ///
    /// The kernel's word is not enough: those of RHEL 9 have named a version of which they refused a part, and xz, which took
    /// it for granted, failed in containers (its issue 199). What is refused as invalid is tried again one version lower.
    private static func makeRuleset() throws(ConfinementFailure) -> (descriptor: Int32, version: Int) {
      // LANDLOCK_CREATE_RULESET_VERSION
      let offered = linux_landlock_create_ruleset(nil, 0, 1)
      guard offered > 0 else { throw ConfinementFailure(.landlock, offered < 0 ? errno : EOPNOTSUPP) }
      var code = EINVAL
      for version in stride(from: min(Int(offered), newestVersion), through: 1, by: -1) {
        var attributes = RulesetAttributes(version)
        // Sound: the attributes outlive the call, which reads no more than they have.
        let descriptor = unsafe linux_landlock_create_ruleset(
          &attributes, RulesetAttributes.byteCount(version), 0)
        if descriptor >= 0 { return (Int32(descriptor), version) }
        code = errno
        guard code == EINVAL || code == E2BIG else { break }
      }
      throw ConfinementFailure(.landlock, code)
    }

    /// A rule about a file, or a directory and all in it (`struct landlock_path_beneath_attr`, packed).
    private struct PathAttributes {
      var rights: UInt64
      var descriptor: Int32
    }

    private static func add(
      _ grant: FileGrants.Grant, _ handled: FileAccessRights, to ruleset: Int32
    ) throws(ConfinementFailure) {
      // O_PATH (asm-generic/fcntl.h): what can't be read, or waits for a writer, can be named all the same.
      var descriptor: Int32
      repeat { descriptor = unsafe open(grant.path, 0o10000000 | O_CLOEXEC) } while descriptor < 0 && errno == EINTR
      guard descriptor >= 0 else {
        // What is not there can't be reached anyway, and is told when it is opened.
        guard [EMFILE, ENFILE, ENOMEM].contains(errno) else { return }
        throw ConfinementFailure(.landlock, errno)
      }
      defer { close(descriptor) }
      var status = stat()
      // Sound: `status` outlives the call, which fills it.
      guard unsafe fstat(descriptor, &status) == 0 else { return }
      let isDirectory = status.st_mode & S_IFMT == S_IFDIR
      let rights = grant.rights.intersection(handled)
        .intersection(isDirectory ? handled.subtracting(.deviceControl) : .ofFiles)
      guard !rights.isEmpty else { return }
      var attributes = PathAttributes(rights: rights.rawValue, descriptor: descriptor)
      // Sound: the attributes outlive the call, which reads the 12 bytes that they have without padding.
      // LANDLOCK_RULE_PATH_BENEATH is 1.
      guard unsafe linux_landlock_add_rule(ruleset, 1, &attributes, 0) != 0 else { return }
      // A pipe without a name, as <(…) of a shell makes, is in no file system that Landlock guards: it can be opened.
      guard errno != EBADFD else { return }
      throw ConfinementFailure(.landlock, errno)
    }
  }
#endif
