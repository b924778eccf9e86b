import ArgumentParser
import Reporting
import RuleCatalog

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `atrest explain`: what does a finding mean?
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "What does this finding mean, why does it matter, how is it repaired?",
    usage: "atrest explain [<options>] [<rule>]",
    discussion: """
      Tells of a rule what it means, and of which controls its findings are evidence (CIS, DISA STIG, NIST SP 800-53, \
      PCI DSS). Without a rule, lists all of them.

      EXAMPLES
        atrest explain
        atrest explain plaintext-live
        atrest explain --format json | jq -r '.rules[] | [.severity, .rule] | @tsv'

      EXIT STATUS
        0  the rule was explained
        2  there is no such rule, or the call is wrong
      """)

  @Argument(help: "The rule, as a report names it.")
  var rule: String?

  @Option(help: ArgumentHelp("What standard output gets.", valueName: "format"))
  var format = DocumentFormat.text

  @Option(help: ArgumentHelp("Color in text; NO_COLOR is honored.", valueName: "when"))
  var color = ColorChoice.auto

  func validate() throws {
    guard let rule, RuleDescription(id: rule) == nil else { return }
    let suggestions = RuleDescription.suggestions(for: rule).map { "'\($0)'" }
    throw ValidationError(
      "There is no rule '\(PrintableText(rule))'."
        + (suggestions.isEmpty
          ? " 'atrest explain' lists them." : " Did you mean \(suggestions.joined(separator: " or "))?"))
  }

  func run() throws {
    let text = ExplanationText(color: color.isOn)
    let chosen = rule.flatMap { RuleDescription(id: $0) }
    switch format {
    case .text: StandardOutput.send(chosen.map { text.render($0) } ?? text.render(RuleDescription.all))
    case .json:
      let invocation = Invocation(
        toolVersion: Atrest.version, arguments: Array(CommandLine.arguments.dropFirst()), startedAt: Date())
      let rules = chosen.map { [$0] } ?? RuleDescription.all
      StandardOutput.send(try ExplanationJSON.render(rules, invocation: invocation))
    }
  }
}
