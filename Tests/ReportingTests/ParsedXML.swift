import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An XML document as libxml2 reads it: elements with attributes and text.
final class ParsedXML: NSObject, XMLParserDelegate {
  /// One element.
  final class Element {
    let name: String
    let attributes: [String: String]
    fileprivate(set) var children: [Element] = []
    fileprivate(set) var text = ""

    init(_ name: String, _ attributes: [String: String]) {
      self.name = name
      self.attributes = attributes
    }

    /// The elements of this name in it, however deep.
    func all(_ name: String) -> [Element] {
      children.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
    }
  }

  /// Why a text is no XML.
  struct Malformed: Error {
    let line: Int
  }

  private var open: [Element] = [Element("", [:])]

  /// Reads `text`.
  static func root(of text: String) throws -> Element {
    let reader = ParsedXML()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    guard parser.parse(), let root = reader.open.first?.children.first else { throw Malformed(line: parser.lineNumber) }
    return root
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = Element(name, attributes)
    open.last?.children.append(element)
    open.append(element)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }
}
