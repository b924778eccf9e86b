/// A bar that shows shares of a whole, beside words that tell them.
struct Bar {
  /// A share: what it is, as style and words have it, and how many.
  struct Share {
    /// The name of a class of the style sheet.
    let kind: String
    let count: Int
  }

  let shares: [Share]
  /// What the whole bar stands for.
  let total: Int

  /// Units of the drawing across the bar.
  private static let width = 1000
  /// Units of a share that is hardly there: it is seen all the same.
  private static let leastWidth = 6

  /// The rectangles, from left to right; none of an empty share.
  var pieces: Filling.Value {
    var x = 0
    return .list(
      shares.filter { $0.count > 0 }.map { share in
        let exact = Double(share.count) / Double(max(1, total)) * Double(Self.width)
        let width = min(Self.width - min(x, Self.width), max(Self.leastWidth, Int(exact.rounded())))
        defer { x += width }
        return ["kind": .text(share.kind), "x": .number(x), "width": .number(width)]
      })
  }
}
