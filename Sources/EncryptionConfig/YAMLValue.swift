import Yams

/// A value of a YAML document, and where it stands.
struct YAMLValue {
  let node: Node
  let place: ConfigurationPlace

  /// The outermost value of a document.
  init(_ node: Node) {
    self.init(node, at: ConfigurationPlace(line: node.mark?.line ?? 1, path: ""))
  }

  init(_ node: Node, at place: ConfigurationPlace) {
    self.node = node
    self.place = place
  }

  /// Whether it is as good as absent.
  var isNull: Bool { node.scalar?.kind == .null }

  /// The line of the first scalar that JSON does not know, among the first `limit` values; nil when there is none.
  func lineWithoutJSON(limit: Int) -> Int? {
    var rest = [node]
    for _ in 0..<limit {
      switch rest.popLast() {
      case .scalar(let scalar):
        if !scalar.isJSON { return scalar.mark?.line }
      case .sequence(let sequence): rest += sequence.reversed()
      case .mapping(let mapping): rest += mapping.flatMap { [$0.key, $0.value] }.reversed()
      case .alias: continue
      case nil: return nil
      }
    }
    return nil
  }
}
