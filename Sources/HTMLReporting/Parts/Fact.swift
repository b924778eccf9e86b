/// A fact of the evidence: what it is, and in one or more texts what was found.
struct Fact {
  let name: String
  let texts: [String]
  /// Whether the texts are for programs: digests, paths, command lines.
  var isLiteral = false

  /// A fact; nil where there is no text.
  init?(_ name: String, _ texts: [String?], isLiteral: Bool = false) {
    self.name = name
    self.texts = texts.compactMap(\.self)
    self.isLiteral = isLiteral
    if self.texts.isEmpty { return nil }
  }

  /// What fills its row.
  var filling: Filling {
    [
      "name": .text(name),
      "texts": .list(texts.map { ["text": .text($0), "kind": isLiteral ? .part(["kind": .text("mono")]) : .absent] }),
    ]
  }
}
