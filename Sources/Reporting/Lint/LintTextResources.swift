import EncryptionConfig
import KubernetesStorage
import StrictYAML

/// Who writes and who reads what a configuration names.
struct LintTextResources {
  let configuration: EncryptionConfiguration

  /// The longest names that are shown whole.
  private static let resourceColumns = 34
  private static let writerColumns = 22
  private static let readerColumns = 18

  /// The lines; resources in the order of the file.
  func lines(_ style: Style) -> [String] {
    let patterns = configuration.patterns
    let listed = patterns.prefix(style.limit())
    var rows = [Table.Row.heading(["Resources", "written by", "also read by"])] + listed.map(row)
    if patterns.count > listed.count { rows.append(.note(style.cut("\(patterns.count - listed.count) more"))) }
    return Table(alignment: .left, rows: rows).lines(style)
  }

  private func row(_ pattern: ResourcePattern) -> Table.Row {
    let transformers = configuration.transformers(for: pattern)
    let readers = transformers.dropFirst().map(\.label)
    let name = PrintableText(QuotableText(pattern.description).bare).description
    let others = readers.count > 2 ? "\(readers.count) others" : readers.joined(separator: ", ")
    return .cells(
      [
        "  " + name.elidedInMiddle(to: Self.resourceColumns),
        (transformers.first?.label ?? "").elidedInMiddle(to: Self.writerColumns),
        others.elidedInMiddle(to: Self.readerColumns),
      ], tones: [1: transformers.first?.key == nil ? .bad : .good])
  }
}

extension Transformer {
  /// The provider, and the name of the key or plugin.
  fileprivate var label: String {
    guard let key else { return "identity" }
    return "\(key.provider.rawValue) \(PrintableText(KeyLabel(key.name).inConfiguration))"
  }
}
