import SnapshotInput
import VerificationModel

/// The commands that reports advise, each a line for a POSIX shell that works when it is pasted.
///
/// Names that come from a snapshot stand in a command only where they are names of resources: nothing that a shell or
/// an option parser would act on.
enum ShellCommand {
  /// The most resources that one command names.
  static let resourceLimit = 40

  /// Reads objects, and writes them back as they are: the API server encrypts them on the way. nil where no resource
  /// can be named.
  static func rewriting(_ resources: [String]) -> String? {
    let named = resources.filter(isResourceName).prefix(resourceLimit)
    guard !named.isEmpty else { return nil }
    return "kubectl get \(named.joined(separator: ",")) --all-namespaces -o json | kubectl replace -f -"
  }

  /// Compacts at the revision that etcd has now. One that a snapshot has would keep what was live in it. Of several
  /// endpoints the most advanced one counts. jq is not everywhere.
  static let compaction =
    #"rev=$(etcdctl endpoint status --write-out=json | grep -o '"revision":[0-9]*' | cut -d: -f2 | "#
    + #"sort -n | tail -n 1) && etcdctl compact --physical "$rev""#

  static let defragmentation = "etcdctl defrag --cluster"

  /// Writes one object that matters to nobody, under a name of its own.
  static let trialWrite = #"kubectl create secret generic "atrest-trial-$(date +%s)" --from-literal=a=b"#

  /// Takes a snapshot, and asks the same of it as `policy` does.
  static func newSnapshot(_ policy: Policy) -> String {
    "etcdctl snapshot save after.db && atrest verify \(options(of: policy))after.db"
  }

  /// Lists what can be read from the file at `path`; nil where no command can name it: standard input can't be read
  /// again, a path with control characters is not printed as it is, and a redacted report names none.
  static func exposed(in path: String, _ policy: Policy) -> String? {
    guard path != InputList.standardInput, PrintableText(path).description == path, policy.redaction == nil else {
      return nil
    }
    return "atrest verify --list-exposed \(options(of: policy))\(word(path))"
  }

  /// The options by which the verdict of `policy` comes about: a check without them would be another one.
  private static func options(of policy: Policy) -> String {
    var options: [String] = []
    if let check = policy.configuration {
      options += ["-c", word(check.path)]
      options += check.required.flatMap { ["--resource", $0.description.shellWord] }
    } else if policy.resources != Policy().resources {
      options += policy.resources.flatMap { ["--resource", $0.description.shellWord] }
    }
    if let decryption = policy.decryption {
      options.append("--authenticate")
      options += decryption.seedsPath.map { ["--dek-seeds", word($0)] } ?? []
      options += decryption.strippedPrefix.map { ["--aad-strip-prefix", word($0)] } ?? []
    }
    if let prefix = policy.etcdPrefix { options += ["--etcd-prefix", word(prefix.description)] }
    if let file = policy.file { options += ["--policy", word(file.path)] }
    if let required = policy.requiredProvider { options += ["--require-provider", word(required.description)] }
    if policy.failOn != Policy().failOn { options += ["--fail-on", policy.failOn?.rawValue ?? "never"] }
    if policy.hash == .required { options.append("--require-hash") }
    if policy.allowEmpty { options.append("--allow-empty") }
    return options.map { $0 + " " }.joined()
  }

  /// A path as one word, which no option parser takes for an option.
  private static func word(_ path: String) -> String {
    let printable = PrintableText(path).description
    return (printable.hasPrefix("-") && printable != "-" ? "./" + printable : printable).shellWord
  }

  /// Whether `name` is a resource as kubectl takes it: its plural and, behind a dot, its group.
  static func isResourceName(_ name: String) -> Bool {
    guard let first = name.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }
}
