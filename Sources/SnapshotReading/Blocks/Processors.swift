import FileAccess

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The processors that this process may use.
package enum Processors {
  /// How many there are, at least 1: those it may run on, and no more than its control group lets it keep busy.
  package static let available = available(below: "/") ?? max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// How many there are as the files below `root` tell, `proc` and `sys` of Linux; nil where they don't.
  static func available(below root: String) -> Int? {
    func text(_ path: String) -> String? {
      SystemFile.text(at: root + path)
    }
    guard let allowed = text("proc/self/status").flatMap(allowed(in:)) else { return nil }
    let groups = text("proc/self/cgroup").map(ControlGroup.all) ?? []
    let quotas = groups.flatMap { group in group.folders.compactMap { group.quota(in: $0, text) } }
    return max(1, min(allowed, quotas.min() ?? allowed))
  }

  /// How many processors `status` allows, Linux's account of a process: a line such as `Cpus_allowed: f,ffffffff`, in
  /// which each bit is one (proc_pid_status(5)); `taskset` and the cpusets of containers set it.
  static func allowed(in status: String) -> Int? {
    let name = "Cpus_allowed:"
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
    return line.dropFirst(name.count).reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
  }
}

/// A control group that may limit how much processor time a process gets (cgroups(7)).
private struct ControlGroup {
  /// Whether it is one of version 2, in which one hierarchy has all controllers.
  let isUnified: Bool
  /// Where it lies in its hierarchy, such as `/system.slice/backup.service`.
  let path: String

  /// Those with a limit that `text` names, Linux's list of a process's groups: lines such as `0::/path` of version 2, and
  /// `4:cpu,cpuacct:/path` of version 1.
  static func all(in text: String) -> [ControlGroup] {
    text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      let isUnified = fields[0] == "0" && fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("cpu") else { return nil }
      return ControlGroup(isUnified: isUnified, path: String(fields[2]))
    }
  }

  /// Its folder and those of the groups around it: each limits what is in it. In a container the path may be that of the
  /// host, while the hierarchy begins with the container's own group.
  var folders: [String] {
    var parts = path.split(separator: "/").filter { $0 != ".." }
    var folders: [String] = []
    while true {
      let own = parts.map { "/" + $0 }.joined()
      folders += isUnified ? ["sys/fs/cgroup\(own)"] : ["sys/fs/cgroup/cpu\(own)", "sys/fs/cgroup/cpu,cpuacct\(own)"]
      guard parts.popLast() != nil else { return folders }
    }
  }

  /// How many processors the group of `folder` may keep busy, rounded up; nil where nothing limits them.
  func quota(in folder: String, _ text: (String) -> String?) -> Int? {
    let numbers: [Int]
    if isUnified {
      // cpu.max: microseconds in each period, and those of the period.
      numbers = (text("\(folder)/cpu.max") ?? "").split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
    } else {
      numbers = ["quota", "period"].compactMap { name in
        text("\(folder)/cpu.cfs_\(name)_us").flatMap { Int($0.split(separator: "\n").first ?? "") }
      }
    }
    guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { return nil }
    return numbers[0] / numbers[1] + (numbers[0] % numbers[1] == 0 ? 0 : 1)
  }
}
