import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page as an XML parser, which is not ours, reads it.
final class ParsedPage: NSObject, XMLParserDelegate {
  /// An element, its attributes, and the text right inside it.
  struct Element {
    let name: String
    let attributes: [String: String]
    /// The place of the element around it among all; nil of the outermost.
    let parent: Int?
    var text = ""
    /// The text in it and in all that it holds.
    var wholeText = ""
  }

  /// In the order of the page.
  private(set) var elements: [Element] = []
  private var open: [Int] = []
  private var failure: String?

  /// Reads `page`; throws when it is not well-formed.
  init(_ page: String) throws {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    guard parser.parse(), failure == nil else {
      throw PageFault("\(failure ?? parser.parserError.map { "\($0)" } ?? "unknown") in line \(parser.lineNumber)")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append(Element(name: name, attributes: attributes, parent: open.last))
    open.append(elements.count - 1)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
    for place in open { elements[place].wholeText += text }
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { failure = "\(error)" }

  /// The elements of a name.
  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The first element of a class.
  func first(ofClass name: String) -> Element? {
    elements.first { $0.attributes["class"]?.split(separator: " ").contains(Substring(name)) == true }
  }

  /// The names of the elements and of their attributes, in the order of the page: what no text can change.
  var structure: [String] {
    elements.map { element in ([element.name] + element.attributes.keys.sorted()).joined(separator: " ") }
  }
}

/// Why a page can't be read.
struct PageFault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
