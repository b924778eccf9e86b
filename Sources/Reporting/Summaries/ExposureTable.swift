import VerificationModel

/// The objects that can be read from a file, by namespace: what each is, and where it lies.
struct ExposureTable {
  let exposed: ExposureList
  /// How many findings were to be kept at most.
  let maximumFindings: Int

  /// How many objects in how many namespaces, such as `89 Secrets in 6 namespaces`.
  static func subject(of exposed: ExposureList) -> String {
    let resources = Set(exposed.objects.compactMap(\.resource))
    let noun = resources.count == 1 ? resources.first.map(Noun.init(resource:)) ?? .object : .object
    let name = exposed.count == 1 ? noun.singular : noun.plural
    // Kubernetes writes the kind so; in lower case it is the resource.
    let kind = resources == ["secrets"] ? "S" + name.dropFirst() : name
    let isWhole = exposed.omitted == 0
    let place =
      exposed.namespaces == 0 ? "" : " in \(isWhole ? "" : "at least ")\(exposed.namespaces.counted("namespace"))"
    return "\(exposed.count) \(kind)\(place)"
  }

  /// The lines: what can be read in all, and each object below its namespace.
  func lines(_ style: Style) -> [String] {
    let count = exposed.count
    let verb = "can be read from this file"
    guard count > 0 else {
      return [style.bold("No object \(verb)" + (exposed.fragments > 0 ? ", but parts of \(exposed.fragments)" : ""))]
    }
    let parts = exposed.fragments > 0 ? ", and parts of \(exposed.fragments) more" : ""
    return (Self.subject(of: exposed) + " " + verb + parts).words.paragraph(indent: 0, hanging: 2, width: style.width)
      .map(style.bold) + Table(alignment: .left, rows: rows(width: style.width)).lines(style) + remark.map(style.dim)
  }

  private func rows(width: Int) -> [Table.Row] {
    let areManyResources = Set(exposed.objects.map(\.resource)).count > 1
    let groups = Dictionary(grouping: exposed.objects) { $0.namespace ?? "" }.sorted { $0.key < $1.key }
    return groups.flatMap { namespace, objects in
      [.text("  " + (namespace.isEmpty ? "(no namespace)" : PrintableText(namespace).description))]
        + objects.flatMap { rows(of: $0, namesResource: areManyResources, width: width) }
    }
  }

  /// The name, the layers and the revisions; below them a Secret's type and the names of its data.
  private func rows(of object: Exposure, namesResource: Bool, width: Int) -> [Table.Row] {
    let resource = namesResource ? object.resource.map { "\(PrintableText($0)) " } ?? "" : ""
    let layers = (object.layers.map(\.rawValue) + (object.isElsewhere ? ["elsewhere"] : [])).joined(separator: ", ")
    let name = "    " + resource + PrintableText(object.name).description
    let place = [layers, revisions(of: object)]
    let head: [Table.Row] =
      width == .max || name.columns <= Self.nameColumns
      ? [.cells([name] + place)]
      : [.text(name), .note("      " + place.filter { !$0.isEmpty }.joined(separator: ", "))]
    guard let type = object.type else { return head }
    let keys = object.dataKeys.map { PrintableText($0).description }
    let content =
      (type.isEmpty ? "no type" : PrintableText(type).description) + ": "
      + (keys.isEmpty ? "no data" : keys.joined(separator: ", "))
    return head + content.words.paragraph(indent: 6, hanging: 8, width: width).map(Table.Row.note)
  }

  /// Columns that layers and revisions leave for the name on a terminal.
  private static let nameColumns = 34

  private func revisions(of object: Exposure) -> String {
    guard let first = object.firstRevision, let last = object.lastRevision else { return "" }
    return first == last ? "revision \(first)" : "revisions \(first) to \(last)"
  }

  private var remark: [String] {
    guard exposed.omitted > 0 else { return [] }
    return [
      "  … and \(exposed.omitted) more: verify again with a greater --max-findings than \(maximumFindings)"
    ]
  }
}
