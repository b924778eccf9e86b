import KubernetesStorage
import StrictYAML

/// Holds a configuration against the rules, and collects what it finds.
struct Linter {
  let configuration: EncryptionConfiguration
  let options: LintOptions
  private(set) var findings: [LintFinding] = []

  init(_ configuration: EncryptionConfiguration, _ options: LintOptions) {
    self.configuration = configuration
    self.options = options
  }

  /// Adds a finding.
  mutating func add(_ rule: LintRule, at place: ConfigurationPlace, _ message: String, remedy: String? = nil) {
    findings.append(LintFinding(rule, at: place, message, remedy: remedy))
  }

  /// Every key of the file with its provider, in order.
  var keys: [(provider: LocalProvider, key: LocalKey)] {
    configuration.groups.flatMap(\.providers).flatMap { provider -> [(LocalProvider, LocalKey)] in
      guard case .local(let cipher, let keys) = provider.kind else { return [] }
      return keys.map { (cipher, $0) }
    }
  }

  /// Every plugin of the file, in order.
  var plugins: [KMSPlugin] {
    configuration.groups.flatMap(\.providers).compactMap { provider in
      if case .kms(let plugin) = provider.kind { plugin } else { nil }
    }
  }

  /// The providers that write, each with what it writes, in the order of the file.
  var writers: [(provider: ConfiguredProvider, patterns: [ResourcePattern])] {
    var writers: [(provider: ConfiguredProvider, patterns: [ResourcePattern])] = []
    for pattern in configuration.patterns {
      guard let writer = configuration.providers(for: pattern).first else { continue }
      if let index = writers.firstIndex(where: { $0.provider.place == writer.place }) {
        writers[index].patterns.append(pattern)
      } else {
        writers.append((writer, [pattern]))
      }
    }
    return writers
  }
}

extension [LintFinding] {
  /// The worst first, then by rule, then by line, then as they were found.
  var inOrder: [LintFinding] {
    let ranks = Dictionary(uniqueKeysWithValues: zip(LintRule.allCases, 0...))
    return enumerated().sorted { left, right in
      if left.element.severity != right.element.severity { return left.element.severity > right.element.severity }
      let (leftRank, rightRank) = (ranks[left.element.rule] ?? 0, ranks[right.element.rule] ?? 0)
      return (leftRank, left.element.place.line, left.offset) < (rightRank, right.element.place.line, right.offset)
    }.map(\.element)
  }
}

extension Sequence where Element: CustomStringConvertible {
  /// The first ten, in quotes, and how many more there are.
  var listed: String {
    let all = Array(self)
    let shown = all.prefix(10).map { QuotableText("\($0)").description }.joined(separator: ", ")
    return all.count > 10 ? "\(shown) and \(all.count - 10) more" : shown
  }
}
