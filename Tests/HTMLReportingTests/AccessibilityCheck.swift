/// What anybody needs of a page who does not see it, or not as others do, as far as its markup tells.
struct AccessibilityCheck {
  private let page: ParsedPage

  init(_ page: ParsedPage) { self.page = page }

  /// What is wrong; nothing of a good page.
  var faults: [String] {
    language + headings + identifiers + references + tables + pictures + details + activity
  }

  private var language: [String] {
    let html = page.all("html").first?.attributes["lang"] == "en" ? [] : ["the page has no language"]
    let title = page.all("title").first?.text.isEmpty == false ? [] : ["the page has no title"]
    let main = page.all("main").count == 1 ? [] : ["the page has no one main part"]
    let viewport = page.all("meta").contains { $0.attributes["name"] == "viewport" } ? [] : ["no viewport is set"]
    return html + title + main + viewport
  }

  /// One first heading, and no level left out on the way down.
  private var headings: [String] {
    let levels = page.elements.compactMap { element in
      element.name.count == 2 && element.name.hasPrefix("h") ? Int(element.name.dropFirst()) : nil
    }
    let jumps = zip(levels, levels.dropFirst()).filter { $1 > $0 + 1 }.map { "h\($1) follows h\($0)" }
    return (levels.first == 1 && levels.count { $0 == 1 } == 1 ? [] : ["there is not one h1, before all others"])
      + jumps
  }

  private var identifiers: [String] {
    let ids = page.elements.compactMap { $0.attributes["id"] }
    return Dictionary(grouping: ids, by: \.self).filter { $0.value.count > 1 }.map { "two elements are \($0.key)" }
  }

  /// Links lead to parts of the page; nothing leads out of it, and nothing is loaded.
  private var references: [String] {
    let ids = Set(page.elements.compactMap { $0.attributes["id"] })
    return page.elements.flatMap { element in
      element.attributes.compactMap { name, value -> String? in
        switch name {
        case "href": value.hasPrefix("#") && ids.contains(String(value.dropFirst())) ? nil : "a link leads to \(value)"
        case "src", "srcset", "action", "data", "poster", "background", "xlink:href", "ping", "formaction":
          "\(element.name) has \(name)"
        default: nil
        }
      }
    }
  }

  /// A table has a caption and a row of headings for its columns, and each row has a heading.
  private var tables: [String] {
    page.elements.indices.filter { page.elements[$0].name == "table" }.flatMap { table -> [String] in
      let inside = page.elements.indices.filter { isInside($0, table) }.map { page.elements[$0] }
      let heads = inside.filter { $0.name == "th" }
      let scopes = heads.allSatisfy { ["row", "col"].contains($0.attributes["scope"]) }
      let rows = inside.count { $0.name == "tr" }
      return (inside.first { $0.name == "caption" }?.wholeText.isEmpty == false ? [] : ["a table has no caption"])
        + (scopes ? [] : ["a heading of a table has no scope"])
        + (heads.count { $0.attributes["scope"] == "row" } == rows - 1 ? [] : ["a row has no heading"])
        + (heads.allSatisfy { !$0.wholeText.isEmpty } ? [] : ["a heading of a table is empty"])
    }
  }

  private func isInside(_ place: Int, _ ancestor: Int) -> Bool {
    var next = page.elements[place].parent
    while let around = next {
      if around == ancestor { return true }
      next = page.elements[around].parent
    }
    return false
  }

  /// A picture has words, or stands beside them and is passed over.
  private var pictures: [String] {
    page.all("svg").filter { picture in
      picture.attributes["aria-hidden"] != "true"
        && (picture.attributes["role"] != "img" || picture.attributes["aria-label"]?.isEmpty != false)
    }.map { _ in "a picture has no words" }
      + page.all("nav").filter { $0.attributes["aria-label"]?.isEmpty != false }.map { _ in "a navigation has no name" }
  }

  private var details: [String] {
    let summaries = page.all("summary")
    let isWhole = summaries.count == page.all("details").count && summaries.allSatisfy { !$0.wholeText.isEmpty }
    return isWhole ? [] : ["what folds out has no words to fold it out by"]
  }

  /// Nothing runs, and nothing is styled but by the style sheet.
  private var activity: [String] {
    let elements: Set = [
      "script", "iframe", "object", "embed", "form", "input", "button", "link", "base", "img", "video",
    ]
    return page.elements.flatMap { element in
      (elements.contains(element.name) ? ["there is a \(element.name)"] : [])
        + element.attributes.keys.filter { $0.hasPrefix("on") || $0 == "style" }.map { "\(element.name) has \($0)" }
    }
  }
}
