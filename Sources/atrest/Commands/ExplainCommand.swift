import ArgumentParser
import Reporting
import RuleCatalog

/// `atrest explain`: what does a finding mean?
struct ExplainCommand: DocumentedCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a finding: what it means, why it matters, how it is repaired.",
    usage: "atrest explain [<options>] [<rule>]")

  static let manual = Manual(
    purpose: """
      Explains a rule: what its findings mean, why they matter, how they are repaired,
      and for which controls they are evidence (CIS, DISA STIG, NIST SP 800-53, PCI
      DSS). Without a rule, it lists all of them.
      """,
    examples: """
        atrest explain
        atrest explain plaintext-live
        atrest explain --format json | jq -r '.rules[] | [.severity, .rule] | @tsv'
      """,
    topics: """
      EXIT STATUS:
        0  the rule was explained
        2  there is no such rule, or the call is wrong
        3  the text could not be written
      """)

  @Argument(help: "The rule, as a report names it.", completion: .list(RuleDescription.all.map(\.id)))
  var rule: String?

  @Option(help: ArgumentHelp("Output format.", valueName: "format"))
  var format = DocumentFormat.text

  @OptionGroup var color: ColorOption

  func check() throws {
    guard rule != "" else { throw ValidationError("the rule has no name: is a variable unset that should hold it?") }
    guard let rule, RuleDescription(id: rule) == nil else { return }
    let suggestions = RuleDescription.suggestions(for: rule).map { "'\($0)'" }
    throw ValidationError(
      "there is no rule '\(PrintableText(rule))'"
        + (suggestions.isEmpty
          ? "; 'atrest explain' lists them" : "; did you mean \(suggestions.joined(separator: " or "))?"))
  }

  func run() throws {
    let text = ExplanationText(color: color.isOn, width: StandardOutput.columns)
    let chosen = rule.flatMap { RuleDescription(id: $0) }
    switch format {
    case .text: StandardOutput.send(chosen.map { text.render($0) } ?? text.render(RuleDescription.all))
    case .json:
      let invocation = Invocation.ofThisProcess()
      let rules = chosen.map { [$0] } ?? RuleDescription.all
      StandardOutput.send(try ExplanationJSON.render(rules, invocation: invocation))
    }
  }
}
