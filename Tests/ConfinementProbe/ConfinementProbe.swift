import CForbiddenCalls
import Confinement
import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A process that gives up what the words of its call say, and then tries what the rest of them say; it prints what came of
/// each.
///
/// `refuse=NUMBER:CODE` has a call of the system answered with an error from now on, and `become=` becomes the program that the
/// words behind it call. `read=PATH`, `name=PATH`, `write=PATH`: what stays. `open:PATH`, `make:PATH`, `list:PATH`, `cut:PATH`, `chmod:PATH`,
/// `link:DIRECTORY` (a file that is open gets a name there), `late:PATH` (opened in a thread that is begun late), `socket`,
/// `spawn`, and the calls of `CForbiddenCalls`: what is tried.
@main
enum ConfinementProbe {
  static func main() {
    var grants = FileGrants()
    var trials: [String] = []
    for (number, word) in CommandLine.arguments.enumerated().dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      switch parts[0] {
      case "read": grants.read(parts[1])
      case "name": grants.name(in: parts[1])
      case "write": grants.write(in: parts[1])
      case "refuse": refuse(parts[1])
      case "become": execute(CommandLine.arguments[(number + 1)...])
      default: trials.append(word)
      }
    }
    // A file that is open stays open, whatever is given up.
    let directory = trials.first { $0.hasPrefix("link:") }.map { String($0.dropFirst(5)) }
    let nameless = directory.map { open($0, 0o20000000 | O_DIRECTORY | O_WRONLY, 0o600) } ?? -1
    ProcessConfinement.begin()
    let held = ProcessConfinement.complete(grants)
    print("landlock", held.landlock.map(String.init) ?? "-")
    print("seccomp", held.seccomp)
    for failure in held.failures { print("failure", failure) }
    for trial in trials {
      let parts = trial.split(separator: ":", maxSplits: 1).map(String.init)
      print(trial, outcome(parts[0], parts.count > 1 ? parts[1] : "", nameless))
    }
  }

  /// Has every call of the system that `rule` names answered with an error, such as `444:ENOSYS`: what a container may do.
  private static func refuse(_ rule: String) {
    let parts = rule.split(separator: ":").map(String.init)
    let codes = ["ENOSYS": ENOSYS, "EPERM": EPERM, "EOPNOTSUPP": EOPNOTSUPP, "EINVAL": EINVAL]
    guard parts.count == 2, let number = Int32(parts[0]), let code = codes[parts[1]], refuse_call(number, code) == 0
    else { exit(70) }
  }

  /// Becomes the program that `words` begin with.
  private static func execute(_ words: ArraySlice<String>) -> Never {
    var arguments = words.map { strdup($0) } + [nil]
    execv(words.first ?? "", &arguments)
    exit(71)
  }

  private static func outcome(_ act: String, _ path: String, _ nameless: Int32) -> String {
    switch act {
    case "open": told(open(path, O_RDONLY | O_NONBLOCK))
    case "make": told(open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600))
    case "list": opendir(path) == nil ? told(-1) : "done"
    case "cut": told(truncate(path, 0))
    case "chmod": told(chmod(path, 0o600))
    case "link": told(name(nameless, in: path))
    case "late": late { told(open(path, O_RDONLY | O_NONBLOCK)) }
    case "socket": told(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
    case "spawn": told(code: spawn())
    default: forbidden[act].map { told(code: $0()) } ?? "unknown"
    }
  }

  private static let forbidden: [String: @Sendable () -> Int32] = [
    "fork": forbidden_fork, "clone": forbidden_vfork_by_clone, "exec": forbidden_exec, "ptrace": forbidden_ptrace,
    "mount": forbidden_mount, "keyctl": forbidden_keyctl, "bpf": forbidden_bpf, "io_uring": forbidden_io_uring,
    "process_vm": forbidden_process_vm, "typing": forbidden_typing,
  ]

  private static func told(_ status: Int32) -> String { told(code: status < 0 ? errno : 0) }

  private static func told(code: Int32) -> String {
    [0: "done", EPERM: "EPERM", EACCES: "EACCES", ENOENT: "ENOENT", ENOSYS: "ENOSYS"][code] ?? "error \(code)"
  }

  private static func name(_ nameless: Int32, in directory: String) -> Int32 {
    let first = linkat(AT_FDCWD, "/proc/self/fd/\(nameless)", AT_FDCWD, "\(directory)/.new", AT_SYMLINK_FOLLOW)
    return first < 0 ? first : rename("\(directory)/.new", "\(directory)/named")
  }

  private static func spawn() -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
    var child = pid_t()
    return posix_spawn(&child, "/bin/true", nil, nil, &arguments, environ)
  }

  /// What `body` answers in a thread that is begun for it.
  private static func late(_ body: @escaping @Sendable () -> String) -> String {
    let answer = Mutex("")
    let done = DispatchSemaphore(value: 0)
    Thread {
      let told = body()
      answer.withLock { $0 = told }
      done.signal()
    }.start()
    done.wait()
    return answer.withLock(\.self)
  }
}
