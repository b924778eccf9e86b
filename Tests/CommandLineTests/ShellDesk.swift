import Foundation
import Testing

/// A directory with the files that the documentation speaks of, and stand-ins for the programs that build the project or
/// reach a cluster, a registry or the system.
///
/// A stand-in does what can be done here: `sudo` installs below the directory, `podman run` runs the program. It takes
/// the calls that the documentation makes, and says "wrong call" of any other.
struct ShellDesk {
  private let scratch: Scratch

  var path: String { scratch.path }

  init() async throws {
    scratch = try Scratch()
    try writeSnapshots()
    try writePackages()
    let packing = try await Call.shell(
      """
      cd "$1" && gzip -k backup.db && tar -cf backups.tar backups &&
      tar -czf atrest-0.1.0-linux-amd64.tar.gz atrest-0.1.0-linux-amd64 && rm -r atrest-0.1.0-linux-amd64 &&
      sha256sum atrest-0.1.0-linux-amd64.tar.gz > SHA256SUMS
      """, [path])
    #expect(packing.status == 0, "\(packing.errors)")
    try writePrograms()
    try writeStandIns()
    try writeScripts()
  }

  /// Runs `script` in the directory, with its absolute paths inside of it.
  func run(_ script: String) async throws -> Call {
    try await Call.shell(
      "cd \"$1\" && HOME=$1 PATH=$1/bin:$PATH sh -c \"$2\" < backup.db",
      [path, script.replacing("/var/backups/etcd", with: "\(path)/var")])
  }

  /// Each call of `atrest`: its status, and its arguments.
  func calls() throws -> [(status: String, arguments: String)] {
    try scratch.text("calls").split(separator: "\n").map { line in
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1] : "")
    }
  }

  /// The words of each call of the project's scripts, their names first.
  func scriptCalls() throws -> [[String]] {
    try scratch.text("script-calls").split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  private func writeSnapshots() throws {
    let sample = try Sample.mixed.bytes
    for name in ["backup.db", "backups/monday.db", "var/tuesday.db"] { try scratch.file(name, sample) }
    let folder = Sample.directory.appending(path: Sample.mixed.name)
    try scratch.file("encryption-config.yaml", Data(contentsOf: folder.appending(path: "encryption-config.yaml")))
    try scratch.file("policy.yaml", Data(contentsOf: Sample.directory.appending(path: "policy.yaml")))
    try scratch.file("calls", Data())
    try scratch.file("script-calls", Data())
    for name in ["samples", "Sources"] {
      try FileManager.default.createSymbolicLink(
        at: scratch.directory.appending(path: name), withDestinationURL: Program.repository.appending(path: name))
    }
  }

  /// What `scripts/package` makes, as far as the commands look at it.
  private func writePackages() throws {
    let packaging = Program.repository.appending(path: "scripts/packaging")
    try scratch.file("atrest_0.1.0-1_amd64.deb", Data())
    try scratch.file("atrest.krew.yaml", Data(contentsOf: packaging.appending(path: "krew.yaml")))
    try scratch.file("image/Containerfile", Data(contentsOf: packaging.appending(path: "Containerfile")))
    try program("exec '\(path)/bin/atrest' \"$@\"", at: "atrest-0.1.0-linux-amd64/atrest")
  }

  /// `atrest`, whose calls are noted, and programs that talk to a cluster.
  private func writePrograms() throws {
    try program(
      """
      '\(Program.atrest.path(percentEncoded: false))' "$@"
      status=$?
      echo "$status $*" >> '\(path)/calls'
      exit $status
      """, at: "bin/atrest")
    try program("cat '\(path)/backup.db'", at: "bin/ssh")
    try standIn(
      "etcdctl",
      """
      "snapshot save "*) cp '\(Sample.mixed.path)' "$3" ;;
      "endpoint status --write-out=json") echo '[{"Status":{"header":{"revision":460}}}]' ;;
      "compact --physical 460" | "defrag --cluster") ;;
      """)
    try standIn(
      "kubectl",
      """
      "get secrets --all-namespaces -o json") echo '{}' ;;
      "create secret generic "* | "replace -f -" | "apply -f -") cat > /dev/null ;;
      "apply -k "*) [ -f "$3/kustomization.yaml" ] || refuse "$@" ;;
      "krew install --manifest="*) [ -f "${3#--manifest=}" ] || refuse "$@" ;;
      "atrest "*) shift && exec atrest "$@" ;;
      """)
    try writeFleetPrograms()
  }

  /// Spark and DuckDB are not here: the scripts, their options, the questions and the options of `verify` are looked at.
  private func writeFleetPrograms() throws {
    try standIn(
      "spark-submit",
      """
      "--py-files "*.py" "*)
        [ -f "$2" ] && [ -f "$3" ] || refuse "$@"
        call=$* job=$3
        shift 3
        while [ $# -gt 0 ] && [ "$1" != -- ]; do
          case $1 in --*) grep -qFe "\"$1\"" "$job" || refuse "$call" ;; esac
          shift
        done
        [ $# = 0 ] || shift
        '\(program)' verify "$@" backup.db > '\(path)/report' 2>&1 || [ $? -ne 2 ] || refuse "$call" ;;
      """)
    try standIn(
      "python3",
      """
      *ask.py" "*)
        [ -f "$1" ] || refuse "$@"
        for number; do case $number in [0-9]*) ls "${1%/*}/questions/$number-"*.sql > /dev/null || refuse "$@" ;; esac; done ;;
      *chart.py" "*) [ -f "$1" ] || refuse "$@" ;;
      *.py" "* | "-c "*) PATH=${PATH#*:} exec python3 -B "$@" ;;
      """)
  }

  /// What changes the system, needs a network, or takes minutes.
  private func writeStandIns() throws {
    try program("DESTDIR='\(path)/root' exec \"$@\"", at: "bin/sudo")
    try standIn(
      "apt-get",
      """
      "install --yes ./"*) [ -f "$3" ] || refuse "$@" ;;
      "remove --yes atrest") ;;
      """)
    try standIn(
      "podman",
      """
      "build --tag atrest "*) [ -f "$4/Containerfile" ] || refuse "$@" ;;
      "run "*" atrest verify /"*)
        while [ "$1" != atrest ]; do case $1 in -v) mount=$2 ;; esac; shift; done
        [ "${mount#*:}" = "$3:ro" ] || refuse "$@"
        exec atrest "$2" "${mount%%:*}" ;;
      """)
    try standIn("docc", "\"preview \"*) [ -d \"$2\" ] || refuse \"$@\" ;;")
    try standIn("git", "\"diff -- *.md\") ;;")
    // The compiler's own help has to tell of each option.
    try standIn(
      "swift",
      """
      "build"* | "test"*)
        PATH=${PATH#*:}
        if command -v swift > /dev/null; then
          swift "$1" --help > '\(path)/swift-help'
          for word; do case $word in -*) grep -qe "[ /]$word[, /]" '\(path)/swift-help' || refuse "$@" ;; esac; done
        fi ;;
      """)
  }

  /// `scripts`: what installs is run, with the program that is there; of all others the words are noted.
  private func writeScripts() throws {
    let scripts = Program.repository.appending(path: "scripts")
    for name in try FileManager.default.contentsOfDirectory(atPath: scripts.path(percentEncoded: false))
    where name != "packaging" {
      let script = scripts.appending(path: name).path(percentEncoded: false)
      let run =
        name == "install"
        ? """
        case " $*" in *" --program "* | *" --uninstall"*) ;; *) set -- "$@" --program '\(program)' ;; esac
        exec '\(script)' "$@"
        """ : ""
      try program("echo \"\(name) $*\" >> '\(path)/script-calls'\n\(run)", at: "scripts/\(name)")
    }
  }

  private var program: String { Program.atrest.path(percentEncoded: false) }

  /// A program that takes the calls in `cases`, which are those of a `case` on its arguments.
  private func standIn(_ name: String, _ cases: String) throws {
    try program(
      """
      refuse() { echo "wrong call: \(name) $*" >&2; exit 127; }
      case $* in
      \(cases)
      *) refuse "$@" ;;
      esac
      """, at: "bin/\(name)")
  }

  private func program(_ body: String, at name: String) throws {
    let file = try scratch.file(name, Data("#!/bin/sh\n\(body)\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path(percentEncoded: false))
  }
}
