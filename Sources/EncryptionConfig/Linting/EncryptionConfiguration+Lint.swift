import KubernetesStorage

extension EncryptionConfiguration {
  /// What is wrong with the file, as far as it shows without a snapshot: the worst first, then by rule and line.
  public func lint(_ options: LintOptions = LintOptions()) -> [LintFinding] {
    var linter = Linter(self, options)
    linter.checkWriters()
    linter.checkKeys()
    linter.checkPlugins()
    linter.checkResources()
    linter.checkFile()
    linter.checkSource()
    return linter.findings.inOrder
  }

  /// What is wrong with the file in the light of a snapshot, and only that: the worst first, then by rule and line.
  public func lint(against facts: SnapshotFacts, _ options: LintOptions = LintOptions()) -> [LintFinding] {
    var linter = Linter(self, options)
    linter.checkPlaintext(in: facts)
    linter.checkRemains(in: facts)
    linter.checkKeys(in: facts)
    linter.checkNewest(in: facts)
    linter.checkResources(in: facts)
    linter.checkCluster(in: facts)
    return linter.findings.inOrder
  }

  /// Both together, in one order; without `facts`, what shows without a snapshot.
  public func lint(_ options: LintOptions, against facts: SnapshotFacts?) -> [LintFinding] {
    guard let facts else { return lint(options) }
    return (lint(options) + lint(against: facts, options)).inOrder
  }
}
