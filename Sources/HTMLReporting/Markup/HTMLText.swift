/// Markup that a template may hold as it is.
struct HTMLText: Sendable {
  let markup: String

  /// `text`, escaped.
  init(_ text: String) {
    var buffer = MarkupBuffer()
    buffer.append(text: text)
    markup = buffer.take()
  }

  /// What is markup already: none of it may come from a file or a call.
  init(markup: String) { self.markup = markup }
}
