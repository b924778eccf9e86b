/// What a process gave up before it parsed the first byte of an input, for reports to tell.
public struct SandboxState: Hashable, Sendable {
  /// What the call asked for: `auto`, `require` or `off`.
  public let mode: String
  /// The version of Landlock's interface by which files, networks and signals were given up; nil where they were not.
  public let landlock: Int?
  /// Whether a filter refuses the system calls that must never happen.
  public let seccomp: Bool

  /// What a process gave up when `mode` was asked for.
  public init(mode: String, landlock: Int?, seccomp: Bool) {
    self.mode = mode
    self.landlock = landlock
    self.seccomp = seccomp
  }

  /// Such as "Landlock 7, seccomp".
  var held: String {
    let names = [landlock.map { "Landlock \($0)" }, seccomp ? "seccomp" : nil].compactMap(\.self)
    return names.isEmpty ? "none" : names.joined(separator: ", ")
  }
}
