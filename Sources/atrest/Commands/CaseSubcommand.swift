/// A command on a case: `atrest case NAME`.
protocol CaseSubcommand: DocumentedCommand {}

extension CaseSubcommand {
  static var name: String { "case \(configuration.commandName ?? "")" }
}
