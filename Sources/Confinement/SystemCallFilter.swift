#if os(Linux)
  import CSeccomp

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #endif

  /// The system calls that a confined process does without (seccomp(2)).
  ///
  /// They are answered with EPERM; every other call goes on as before. `file` allowed what it knew and was killed for the rest:
  /// it died under fakeroot, whose preloaded library asks a daemon by System V messages, and again with each new C library,
  /// until distributions built it without. zstd left a filter of that kind out for the same reason. So this one names what
  /// must never happen, and kills nobody.
  enum SystemCallFilter {
    /// Calls that are refused whatever their arguments. A name that libseccomp does not know yet is passed over.
    static let refused = [
      // The network, and other processes by way of sockets. What is a socket already can be read and written.
      "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
      // Other programs and processes. A call of a command that needs a child has begun it before (`ChildRun`).
      "execve", "execveat", "fork", "vfork",
      // Memory and descriptors of other processes.
      "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp",
      // What works around filters and rules, or has been a way into the kernel.
      "io_uring_setup", "io_uring_enter", "io_uring_register", "bpf", "perf_event_open", "userfaultfd",
      "open_by_handle_at", "keyctl", "add_key", "request_key",
      // File systems and namespaces.
      "mount", "umount2", "move_mount", "open_tree", "open_tree_attr", "fsopen", "fsmount", "fsconfig", "fspick",
      "mount_setattr", "pivot_root", "chroot", "unshare", "setns", "swapon", "swapoff",
      // The kernel itself, where the process is privileged.
      "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot", "iopl", "ioperm",
      // What Landlock leaves out: modes, owners, attributes and times of files.
      "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat", "setxattr", "lsetxattr",
      "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr", "removexattrat", "file_setattr",
      "utime", "utimes", "utimensat", "utimensat_time64", "futimesat",
    ]

    /// The numbers of calls that are younger than the libseccomp of Debian 12: since 424 they are the same on all machines
    /// (Linux, scripts/syscall.tbl).
    private static let newer: [String: Int32] = [
      "fchmodat2": 452, "setxattrat": 463, "removexattrat": 466, "open_tree_attr": 467, "file_setattr": 469,
    ]

    /// Installs the filter in all threads of the process. Throws why it could not be.
    ///
    /// - Parameter isAlone: whether the calling thread is the only one.
    static func install(isAlone: Bool) throws(ConfinementFailure) {
      // Sound: the context is released once, after its last use.
      guard let context = unsafe seccomp_init(seccomp_action_allow()) else {
        throw ConfinementFailure(.seccomp, ENOMEM)
      }
      defer { unsafe seccomp_release(context) }
      unsafe set(context, SCMP_FLTATR_ACT_BADARCH, seccomp_action_errno(UInt16(EPERM)))
      // A binary search instead of a list, for kernels before 5.11, which run the filter for every call.
      unsafe set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2)
      // Kernels before 5.16 would slow down the memory of a process with a filter.
      unsafe set(context, SCMP_FLTATR_CTL_SSB, 1)
      unsafe set(context, SCMP_FLTATR_CTL_TSYNC, 1)
      unsafe addRules(to: context)
      var status = unsafe seccomp_load(context)
      if status != 0, isAlone {
        unsafe set(context, SCMP_FLTATR_CTL_TSYNC, 0)
        status = unsafe seccomp_load(context)
      }
      guard status == 0 else { throw ConfinementFailure(.seccomp, status == -EINVAL ? ENOSYS : -status) }
    }

    private static func set(_ context: scmp_filter_ctx, _ attribute: scmp_filter_attr, _ value: UInt32) {
      // Sound: the context was not released. What an older libseccomp or kernel does not know stays as it is.
      _ = unsafe seccomp_attr_set(context, attribute, value)
    }

    private static func addRules(to context: scmp_filter_ctx) {
      for name in refused { unsafe add(name, EPERM, [], to: context) }
      // A thread is begun with CLONE_THREAD, a process without it. The flags of clone3(2) lie in memory, where a filter can't
      // look: C libraries that are told it is not there use clone(2).
      unsafe add("clone3", ENOSYS, [], to: context)
      unsafe add("clone", EPERM, [comparison(of: 0, masked: 0x10000, with: 0)], to: context)
      // What would type on the terminal of whoever called. The kernel looks at the low half of the number alone.
      for request: UInt64 in [0x5412, 0x541C] {
        unsafe add("ioctl", EPERM, [comparison(of: 1, masked: 0xFFFF_FFFF, with: request)], to: context)
      }
    }

    private static func comparison(of argument: UInt32, masked mask: UInt64, with value: UInt64) -> scmp_arg_cmp {
      scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)
    }

    /// Has the call `name` answered with the error `code`, where its arguments compare so.
    private static func add(
      _ name: String, _ code: Int32, _ comparisons: [scmp_arg_cmp], to context: scmp_filter_ctx
    ) {
      // Sound: the name outlives the call; a number below 0 is that of a call that this machine does not have.
      var number = unsafe seccomp_syscall_resolve_name(name)
      if number < 0, let newer = newer[name] { number = newer }
      guard number >= 0 else { return }
      // Sound: the context was not released, and the array has as many elements as are named.
      _ = unsafe comparisons.withUnsafeBufferPointer {
        unsafe seccomp_rule_add_array(
          context, seccomp_action_errno(UInt16(code)), number, UInt32($0.count), $0.baseAddress)
      }
    }
  }
#endif
