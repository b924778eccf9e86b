import Foundation
import RuleCatalog
import Testing

/// What a shell offers after TAB.
@Suite("Completions")
struct CompletionTests {
  /// What is offered for the last of the words, which may be empty.
  private static let offers: [(words: [String], offered: [String], withheld: [String])] = [
    (["ver"], ["verify"], ["lint"]),
    (["case", "ti"], ["timeline"], ["verify"]),
    (["verify", "--fail"], ["--fail-on"], ["--format"]),
    (["verify", "--format", ""], ["text", "json", "ndjson"], ["yaml"]),
    (["verify", "--color", "a"], ["auto", "always"], ["never"]),
    (["verify", "--fail-on", ""], ["critical", "high", "medium", "low", "never"], []),
    (["verify", "--layers", ""], ["live", "history", "residue"], []),
    (["verify", "--layers", "live,"], ["live,history", "live,residue"], ["live", "history"]),
    (["verify", "--require-provider", "k"], ["kmsv1", "kmsv2"], ["aescbc"]),
    (["explain", "plaintext-"], ["plaintext-live", "plaintext-residue"], ["hash-missing"]),
    (["completion", ""], ["bash", "zsh", "fish"], []),
    (["lint", "conf"], ["config.yaml"], ["backup.db"]),
    (["verify", "back"], ["backup.db"], ["config.yaml"]),
    (["verify", "--encryption-config", "conf"], ["config.yaml"], ["backup.db"]),
    (["case", "add", "inc"], ["incident"], ["backup.db"]),
    (["verify", "--report", ""], ["json=", "ndjson=", "csv=", "sarif=", "junit=", "html=", "intoto="], ["backup.db"]),
    (["verify", "--report", "sarif=back"], ["sarif=backup.db"], ["config.yaml"]),
    (["verify", "--report=prom"], ["--report=prometheus="], []),
    (["verify", "--redact="], ["--redact=names"], []),
    (["verify", "--redact", "back"], ["backup.db"], ["names"]),
    (["manual", "atrest-case-t"], ["atrest-case-timeline"], ["atrest-case-verify"]),
  ]

  @Test(arguments: ["bash", "zsh", "fish"])
  func `end in 0, and name every command`(shell: String) async throws {
    let call = try await Call.atrest("completion", shell)
    #expect(call.status == 0)
    #expect(call.errors == "")
    for command in try await ManualTests.pages() {
      let word = command.split(separator: "-").last.map(String.init) ?? ""
      #expect(call.output.contains(word), "\(command)")
    }
    for rule in RuleDescription.all { #expect(call.output.contains(rule.id), "\(rule.id)") }
    // The spelling of the library that the script comes from.
    #expect(try await Call.atrest("--generate-completion-script", shell).output == call.output)
  }

  @Test(arguments: [
    ([], "a shell is missing: name bash, zsh or fish"),
    (["csh"], "the value 'csh' is invalid for '<shell>'; write one of 'bash', 'zsh' or 'fish'"),
  ])
  func `another shell is a wrong call`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(["completion"] + arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors == "atrest: \(sentence)\nTry 'atrest completion --help'.\n")
  }

  @Test(.needs(.bash), arguments: offers)
  func `bash offers them`(words: [String], offered: [String], withheld: [String]) async throws {
    // What bash itself does on TAB: it calls the function that `complete` has named.
    let script = """
      source ./script
      function=$(complete -p atrest | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
      COMP_WORDS=(atrest "$@") COMP_CWORD=$# COMP_LINE="atrest $*" COMP_POINT=${#COMP_LINE}
      "$function" atrest "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    try await expect(offered, withheld, of: "bash --norc -c \"$@\"", script, ["bash"] + words, in: "bash")
  }

  /// Lines as they are typed, each TAB included, and the words of the call that comes of it.
  @Test(
    .needs(.bash), .needs(.zsh),
    arguments: [
      ("verify --report sar\tback\tconf\t", "<verify><--report><sarif=backup.db><config.yaml>"),
      ("verify --report=html=back\t", "<verify><--report=html=backup.db>"),
      ("verify --redact=\tback\t", "<verify><--redact=names><backup.db>"),
      ("verify --redact back\t", "<verify><--redact><backup.db>"),
      ("verify --fail-on=hi\tback\t", "<verify><--fail-on=high><backup.db>"),
      ("manual atrest-po\t-c\t", "<manual><atrest-policy-check>"),
    ])
  func `bash completes a line that is typed, over the signs at which it ends words`(
    line: String, words: String
  ) async throws {
    let script = """
      zmodload zsh/zpty
      zpty shell bash --norc --noprofile -i
      zpty -w shell 'source ./script; PS1=; atrest() { printf "<%s>" "$@"; echo; }; echo re""ady'
      zpty -r -m shell line '*ready*'
      zpty -w shell "atrest $1"
      while zpty -r shell line; do print -r -- $line; [[ $line == *'<'[vm]* ]] && break; done
      zpty -d shell
      """
    let desk = try await desk(for: "bash")
    let call = try await Call.shell(
      "cd \"$1\" && shift && HOME=. TERM=dumb zsh -f -c \"$@\"", [desk.path, script, "zsh", line])
    #expect(call.output.contains(words), "\(call.output)\(call.errors)")
  }

  @Test(.needs(.fish), arguments: offers)
  func `fish offers them`(words: [String], offered: [String], withheld: [String]) async throws {
    let script = "source ./script; complete --do-complete \"atrest $argv\""
    try await expect(offered, withheld, of: "HOME=. fish --no-config -c \"$@\"", script, words, in: "fish")
  }

  @Test(.needs(.zsh), arguments: offers)
  func `zsh offers them`(words: [String], offered: [String], withheld: [String]) async throws {
    // zsh completes only what is typed: a shell in a pseudoterminal gets the words and TAB, and lists what there is.
    let script = """
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell 'PS1=; autoload -U compinit; fpath=($PWD $fpath); compinit -u -D'
      zpty -w shell 'LISTMAX=10000; unsetopt auto_menu list_beep list_ambiguous; stty cols 200; echo re""ady'
      zpty -r -m shell line '*ready*'
      zpty -w -n shell "atrest ${(j: :)@}"$'\\t'
      sleep 2
      zpty -w shell $'\\x15echo do""ne'
      while zpty -r shell line; do print -r -- $line; [[ $line == *done* ]] && break; done
      zpty -d shell
      """
    try await expect(offered, withheld, of: "TERM=dumb zsh -f -c \"$@\"", script, ["zsh"] + words, in: "zsh")
  }

  @Test(.needs(.bash), .needs(.zsh), .needs(.fish), arguments: ["bash", "zsh", "fish"])
  func `are scripts that the shell can read`(shell: String) async throws {
    let desk = try await desk(for: shell)
    let name = shell == "zsh" ? "_atrest" : "script"
    let call = try await Call.shell("cd \"$1\" && \"$2\" -n \"$3\"", [desk.path, shell, name])
    #expect(call.status == 0)
    #expect(call.errors == "")
  }

  /// A directory with the script of `shell`, and files to complete.
  private func desk(for shell: String) async throws -> Scratch {
    let scratch = try Scratch()
    let script = try await Call.atrest("completion", shell).output
    try scratch.file(shell == "zsh" ? "_atrest" : "script", Data(script.utf8))
    for name in ["backup.db", "config.yaml", "incident/data.mdb"] { try scratch.file(name, Data()) }
    return scratch
  }

  private func expect(
    _ offered: [String], _ withheld: [String], of command: String, _ script: String, _ words: [String],
    in shell: String
  ) async throws {
    let desk = try await desk(for: shell)
    let call = try await Call.shell("cd \"$1\" && shift && \(command)", [desk.path, script] + words)
    let separators = CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: "/"))
    let found = Set(call.output.components(separatedBy: separators))
    #expect(found.isSuperset(of: offered), "\(call.output)\(call.errors)")
    #expect(found.isDisjoint(with: withheld), "\(call.output)")
  }
}
