import KubernetesStorage
import VerificationModel

/// What is stored, by resource: live keys, rows and bytes, and how many of the rows are encrypted. The largest come
/// first.
struct InspectionTextResources {
  let resources: [ResourceUsage]

  /// The lines; none without resources.
  func lines(_ style: Style) -> [String] {
    guard !resources.isEmpty else { return [] }
    let rows = groups.flatMap { self.rows(of: $0, width: style.width) }
    return Table(alignment: .right, rows: rows).lines(style)
  }

  /// The resources under one prefix, or under none.
  private typealias Group = (prefix: EtcdPrefix?, resources: [ResourceUsage])

  /// In the order of the prefixes; what lies under none comes last.
  private var groups: [Group] {
    let prefixes = Set(resources.compactMap(\.prefix)).sorted().map(Optional.some) + [nil]
    return prefixes.compactMap { prefix in
      let found = resources.filter { $0.prefix == prefix }
      return found.isEmpty ? nil : (prefix, found.sorted { ($1.bytes, $0.resource) < ($0.bytes, $1.resource) })
    }
  }

  private func rows(of group: Group, width: Int) -> [Table.Row] {
    let title = group.prefix.map { "Resources under \($0)" } ?? "Other keys"
    let listed = group.resources.prefix(width == .max ? .max : Style.listLimit)
    let rest = group.resources.dropFirst(listed.count)
    return heading(title, width: width) + listed.map { .cells([label($0, width: width)] + figures(of: [$0])) }
      + (rest.isEmpty ? [] : [.cells(["  … \(rest.count) more (| less)"] + figures(of: rest))])
  }

  /// The title beside the columns' headings, or above them where that is too wide.
  private func heading(_ title: String, width: Int) -> [Table.Row] {
    title.columns <= labelRoom(width: width)
      ? [.heading([title] + headings)]
      : [.title(title.elidedInMiddle(to: width)), .heading([""] + headings)]
  }

  private func label(_ usage: ResourceUsage, width: Int) -> String {
    let labelRoom = labelRoom(width: width)
    let remark = usage.kind == .internalRecord ? " (internal)" : ""
    let name = usage.resource.isEmpty ? "(under no prefix)" : PrintableText(usage.resource).description
    let label = "  " + name + remark
    // The group at the end can be spared, the plural before it can't.
    return label.columns <= labelRoom ? label : label.prefix(columns: labelRoom - 1) + "…"
  }

  // MARK: Columns

  /// What values there are beside those that are encrypted or plaintext.
  private var hasOthers: Bool { resources.contains { ($0.live + $0.history).undetermined > 0 } }

  private var headings: [String] {
    ["live", "rows", "bytes", "encrypted", "plaintext"] + (hasOthers ? ["other"] : [])
  }

  private func figures(of resources: some Collection<ResourceUsage>) -> [String] {
    let live = resources.reduce(0) { $0 + $1.liveKeys }
    let bytes = resources.reduce(UInt64(0)) { $0 + $1.bytes }
    let rows = resources.reduce(ClassCounts()) { $0 + $1.live + $1.history }
    return ["\(live)", "\(rows.total)", bytes.inBinaryUnits, "\(rows.encrypted)", "\(rows.plaintext)"]
      + (hasOthers ? ["\(rows.undetermined)"] : [])
  }

  /// What the figures leave of a line: counts are widest all together, bytes where they are not.
  private func labelRoom(width: Int) -> Int {
    let widths = zip(headings, figures(of: resources)).map { heading, figure in
      max(heading.columns, heading == "bytes" ? "1023.9 KiB".columns : figure.columns)
    }
    return width - widths.reduce(0) { $0 + $1 + 2 }
  }
}
