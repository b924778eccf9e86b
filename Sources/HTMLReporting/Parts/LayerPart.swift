import Reporting
import VerificationModel

/// The three layers: for each a bar of what it holds, and the exact counts below.
struct LayerPart {
  private let part: SnapshotPart

  init(of part: SnapshotPart) { self.part = part }

  /// Writes the part.
  func write(to page: inout PageWriter) throws {
    let prefixes = part.snapshot.prefixes.map(\.description)
    let place = prefixes.isEmpty ? "" : " under \(prefixes.listed)"
    try page.write(
      .layers,
      part.filling(
        "layers",
        [
          "caption": .text("Values of \(part.statement.plural)\(place). Each bar stands for all of its layer."),
          "layers": .list(Layer.allCases.map(row)), "table": table,
        ]))
  }

  // MARK: Bars

  /// A text beside the bar, and its class of the style sheet.
  private struct Phrase {
    let kind: String
    let text: String
  }

  private func row(_ layer: Layer) -> Filling {
    let (bar, phrases) = content(layer)
    return [
      "name": .text(layer.rawValue), "reader": .text(layer.reader),
      "bar": bar.map { .part(["pieces": $0.pieces]) } ?? .absent,
      "words": .list(phrases.map { ["kind": .text($0.kind), "text": .text($0.text)] }),
    ]
  }

  private func content(_ layer: Layer) -> (Bar?, [Phrase]) {
    guard part.policy.layers.contains(layer) else { return (nil, [Phrase(kind: "quiet", text: "not examined")]) }
    return layer == .residue ? residue : values(part.statement.counts(in: layer) ?? ClassCounts(), layer)
  }

  private func values(_ counts: ClassCounts, _ layer: Layer) -> (Bar, [Phrase]) {
    let shares = [
      Bar.Share(kind: "encrypted", count: counts.encrypted), Bar.Share(kind: "plaintext", count: counts.plaintext),
      Bar.Share(kind: "other", count: counts.undetermined),
    ]
    let bar = Bar(shares: shares, total: counts.total)
    guard counts.total > 0 else { return (bar, [Phrase(kind: "quiet", text: "no values")]) }
    let all = counts.encrypted == counts.total && counts.total > 1 ? "all " : ""
    let classes: [(kind: String, text: String, count: Int)] = [
      ("dot encrypted", "\(all)\(counts.encrypted) encrypted", counts.encrypted),
      ("dot plaintext", "\(counts.plaintext) in plaintext", counts.plaintext),
      ("dot other", "\(counts.malformed) in a malformed envelope", counts.malformed),
      ("dot other", "\(counts.unknownEnvelope) in an unknown envelope", counts.unknownEnvelope),
      ("dot other", "\(counts.unrecognized) not recognized", counts.unrecognized),
      ("dot other", "\(counts.empty) empty", counts.empty),
    ]
    let phrases = classes.filter { $0.count > 0 }.map { Phrase(kind: $0.kind, text: $0.text) }
    let rules = part.snapshot.layerCounts[layer] ?? [:]
    let unsound = [(Rule.authenticationFailed, "don't decrypt"), (.valueMoved, "were moved")].compactMap {
      rule, words in
      rules[rule].map { Phrase(kind: "dot other", text: "\($0) of them \(words)") }
    }
    return (bar, phrases + unsound)
  }

  private var residue: (Bar, [Phrase]) {
    let readable = part.statement.readableInResidue
    let copies = part.policy.layers.isSuperset(of: [.live, .history]) ? part.copiesInResidue : 0
    let bar = Bar(shares: [Bar.Share(kind: "plaintext", count: readable + copies)], total: readable + copies)
    let phrases = [
      readable > 0 ? Phrase(kind: "dot plaintext", text: "\(readable) in plaintext") : nil,
      copies > 0
        ? Phrase(kind: "dot plaintext", text: "\(copies.counted("plaintext copy", "plaintext copies")) of the above")
        : nil,
    ].compactMap(\.self)
    return (bar, phrases.isEmpty ? [Phrase(kind: "quiet", text: "nothing readable")] : phrases)
  }

  // MARK: Figures

  /// The columns: those that everybody asks for, and those of the other classes that occur.
  private var columns: [(title: String, count: (ClassCounts) -> Int)] {
    let rare: [(title: String, count: (ClassCounts) -> Int)] = [
      ("malformed", { $0.malformed }), ("unknown", { $0.unknownEnvelope }), ("unrecognized", { $0.unrecognized }),
      ("empty", { $0.empty }),
    ]
    let occurring = rare.filter { column in
      part.snapshot.resources.contains { column.count($0.live) + column.count($0.history) > 0 }
    }
    return [("total", { $0.total }), ("encrypted", { $0.encrypted }), ("plaintext", { $0.plaintext })] + occurring
  }

  private var table: Filling.Value {
    let resources = part.snapshot.resources
    guard !resources.isEmpty else { return .absent }
    let columns = columns
    let rows = resources.flatMap { resource in
      Layer.allCases.filter(part.policy.layers.contains).map { layer -> Filling in
        let cells = columns.map { column -> Filling in
          ["column": .text(column.title), "count": .text(resource.figure(layer, column.title, column.count))]
        }
        return [
          "resource": .text("\(resource.resource) under \(resource.prefix)"), "layer": .text(layer.rawValue),
          "counts": .list(cells),
        ]
      }
    }
    return .part([
      "columns": .list(columns.map { ["title": .text($0.title)] }), "rows": .list(rows),
    ])
  }
}

extension SnapshotPart {
  /// Objects in bytes that no page in use owns that can be read in another layer too.
  fileprivate var copiesInResidue: Int { snapshot.resources.reduce(0) { $0 + ($1.residue?.alsoReadable ?? 0) } }
}

extension SnapshotReport.ResourceSummary {
  /// What stands in a column of the row of a layer: of residue, only what can be read is counted.
  fileprivate func figure(_ layer: Layer, _ title: String, _ count: (ClassCounts) -> Int) -> String {
    switch layer {
    case .live: "\(count(live))"
    case .history: "\(count(history))"
    case .residue: title == "plaintext" ? "\((residue?.objects ?? 0) + (residue?.fragments ?? 0))" : "–"
    }
  }
}

extension Layer {
  /// Who can read what lies in it.
  fileprivate var reader: String {
    switch self {
    case .live: "The current value of every key. Whoever restores the snapshot reads it."
    case .history: "Older and deleted revisions. Whoever restores it reads them through etcd, by revision."
    case .residue: "Free pages and other unused bytes. Whoever has a hex editor reads them."
    }
  }
}

extension BinaryInteger {
  /// The number and what it counts, where the plural is another word.
  fileprivate func counted(_ singular: String, _ plural: String) -> String {
    "\(self) \(self == 1 ? singular : plural)"
  }
}
