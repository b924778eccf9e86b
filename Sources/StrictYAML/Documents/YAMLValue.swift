import Yams

/// A value of a YAML document, and where it stands.
package struct YAMLValue {
  package let node: Node
  package let place: YAMLPlace
  /// How the lines of the document count in the file.
  package let numbering: LineNumbering

  /// The outermost value of a document.
  package init(_ node: Node, _ numbering: LineNumbering) {
    self.init(node, at: numbering.place(node.mark?.line ?? 1), numbering)
  }

  private init(_ node: Node, at place: YAMLPlace, _ numbering: LineNumbering) {
    self.node = node
    self.place = place
    self.numbering = numbering
  }

  /// Whether it is as good as absent.
  package var isNull: Bool { node.scalar?.kind == .null }

  /// The value `node` of the member `key`, which stands where the key does.
  package func member(_ key: Node, _ node: Node) -> YAMLValue {
    let path = place.member(key.scalar?.string ?? "").path
    return YAMLValue(node, at: place(of: key, path: path), numbering)
  }

  /// The element `node` of a list.
  package func element(_ index: Int, _ node: Node) -> YAMLValue {
    YAMLValue(node, at: place(of: node, path: "\(place.path)[\(index)]"), numbering)
  }

  /// Where `part`, a node in this value, stands; by default as a part of this value as a whole.
  package func place(of part: Node, path: String? = nil) -> YAMLPlace {
    let path = path ?? place.path
    guard let line = part.mark?.line else {
      return YAMLPlace(line: place.line, decodedLine: place.decodedLine, path: path)
    }
    return numbering.place(line, path: path)
  }

  /// The value of the member `name` of a mapping; nil when there is none.
  package subscript(name: String) -> YAMLValue? {
    guard case .mapping(let mapping) = node, let (key, value) = mapping.first(where: { $0.key.scalar?.string == name })
    else { return nil }
    return member(key, value)
  }

  /// The text; nil of what is none.
  package var text: String? { node.scalar?.kind == .text ? node.scalar?.string : nil }

  /// The same value as the outermost of a text of its own, which begins with its first member.
  package var asRoot: YAMLValue { YAMLValue(node, at: place(of: node, path: ""), numbering) }
}
