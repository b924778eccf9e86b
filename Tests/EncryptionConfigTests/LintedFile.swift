import EncryptionConfig
import KubernetesStorage
import Testing

/// A file, or a file and a snapshot, about which a rule has something to say, and a like one about which it has not.
struct LintedFile: Sendable, CustomTestStringConvertible {
  /// A file and what it is held against.
  struct Subject: Sendable {
    var text: String
    var server = APIServerSettings.allowingKMSv1
    var options = LintOptions()
    var facts: SnapshotFacts?

    /// An entry for Secrets.
    init(_ providers: String..., facts: SnapshotFacts? = nil) {
      self.init(entries: ["{resources: [secrets], providers: [\(providers.joined(separator: ", "))]}"], facts: facts)
    }

    /// Entries in flow style.
    init(entries: [String], facts: SnapshotFacts? = nil) {
      text = EncryptionConfiguration.firstLines + "resources:\n" + entries.map { "- \($0)\n" }.joined()
      self.facts = facts
    }

    /// The same with other circumstances.
    func with(_ change: (inout Subject) -> Void) -> Subject {
      var subject = self
      change(&subject)
      return subject
    }

    /// What is found: by the rules that need a snapshot if there is one, else by the others.
    func findings() throws -> [LintFinding] {
      let configuration = try EncryptionConfiguration(text, for: server)
      return if let facts { configuration.lint(against: facts, options) } else { configuration.lint(options) }
    }
  }

  let rule: LintRule
  /// Where the rule is broken.
  let line: Int
  let path: String
  let raising: Subject
  let silent: Subject

  init(_ rule: LintRule, _ line: Int, _ path: String, _ raising: Subject, not silent: Subject) {
    self.rule = rule
    self.line = line
    self.path = path
    self.raising = raising
    self.silent = silent
  }

  var testDescription: String { "\(rule.rawValue) at line \(line) \(path)" }
}
