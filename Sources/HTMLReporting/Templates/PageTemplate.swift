import Mustache

/// A piece of the page, as Mustache. Names stand in three braces: what fills them is markup, escaped before.
enum PageTemplate: CaseIterable {
  case head
  case overview
  case verdict
  case layers
  case keys
  case pages
  case next
  case findings
  case rule
  case rows
  case errors
  case facts
  case foot

  /// The text.
  var text: String {
    switch self {
    case .head: Self.headText
    case .overview: Self.overviewText
    case .verdict: Self.verdictText
    case .layers: Self.layersText
    case .keys: Self.keysText
    case .pages: Self.pagesText
    case .next: Self.nextText
    case .findings: Self.findingsText
    case .rule: Self.ruleText
    case .rows: Self.rowsText
    case .errors: Self.errorsText
    case .facts: Self.factsText
    case .foot: Self.footText
    }
  }

  /// All of them, read once.
  static let parsed = Result {
    try Dictionary(uniqueKeysWithValues: allCases.map { ($0, try MustacheTemplate(string: $0.text)) })
  }
}
