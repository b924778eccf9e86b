import Mustache

/// What a template is filled with, by the names that stand in it. Text is escaped when it is put in, so templates have it
/// as it is.
///
/// A name that is not there would be looked for in the filling around this one: whatever a template asks for is given,
/// ``Value/absent`` at least.
struct Filling: MustacheParent, ExpressibleByDictionaryLiteral {
  /// What a name stands for.
  enum Value {
    /// Text, whoever wrote it.
    case text(String)
    /// A number.
    case number(Int)
    /// What is markup already.
    case markup(HTMLText)
    /// A part of the template that is there or not.
    case flag(Bool)
    /// A part of the template that is there once, with its own names.
    case part(Filling)
    /// A part of the template that is there as often as this has elements.
    case list([Filling])
    /// Nothing; a part of the template that is not there.
    case absent
  }

  private let values: [String: Value]

  init(dictionaryLiteral elements: (String, Value)...) {
    values = Dictionary(elements) { _, last in last }
  }

  init(_ values: [String: Value]) { self.values = values }

  /// See `MustacheParent`.
  func child(named name: String) -> Any? {
    switch values[name] {
    case .text(let text): HTMLText(text).markup
    case .number(let number): number
    case .markup(let text): text.markup
    case .flag(let isThere): isThere
    case .part(let filling): filling
    case .list(let fillings): fillings
    case .absent: false
    case nil: nil
    }
  }
}

extension Filling.Value {
  /// A part with one name, which is there where the text is.
  static func part(_ name: String, _ text: String?) -> Filling.Value {
    text.map { .part([name: .text($0)]) } ?? .absent
  }
}
