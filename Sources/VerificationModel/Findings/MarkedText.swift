import EtcdStorage

/// A sentence of which is known what in it is a name: so a report can replace the names without searching for them. Two are
/// equal when they read the same.
///
/// ```swift
/// let text: MarkedText = "\(1) value of \(.resource, "secrets") is encrypted"
/// ```
public struct MarkedText: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
  /// A piece of the sentence.
  enum Piece: Hashable, Sendable {
    case plain(String)
    case name(NameKind, String)
  }

  private var pieces: [Piece]

  /// A sentence without a name.
  public init(_ text: String) { pieces = [.plain(text)] }

  /// Names of one kind, parted by commas.
  package init(listing kind: NameKind, _ names: [String]) {
    pieces = Array(names.map { [Piece.name(kind, $0)] }.joined(separator: [.plain(", ")]))
  }

  /// A sentence without a name.
  public init(stringLiteral text: String) { self.init(text) }

  /// A sentence of the pieces of a literal.
  public init(stringInterpolation interpolation: Interpolation) { pieces = interpolation.pieces }

  /// The pieces of a literal, the names among them with what they are names of.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    /// No pieces.
    public init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(2 * interpolationCount + 1) }

    /// Adds text.
    public mutating func appendLiteral(_ literal: String) { pieces.append(.plain(literal)) }

    /// Adds what is no name.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      pieces.append(.plain(value.description))
    }

    /// Adds a name.
    public mutating func appendInterpolation(_ kind: NameKind, _ name: some CustomStringConvertible) {
      pieces.append(.name(kind, name.description))
    }

    /// Adds another sentence.
    public mutating func appendInterpolation(_ text: MarkedText) { pieces += text.pieces }
  }

  /// The sentence.
  public var description: String {
    if pieces.count == 1, case .plain(let text) = pieces[0] { return text }
    return pieces.map { piece in
      switch piece {
      case .plain(let text), .name(_, let text): text
      }
    }.joined()
  }

  /// The sentence with what `replacement` makes of each name.
  package func replacingNames(_ replacement: (NameKind, String) -> String) -> MarkedText {
    var text = self
    text.pieces = pieces.map { piece in
      if case .name(let kind, let name) = piece { .name(kind, replacement(kind, name)) } else { piece }
    }
    return text
  }

  /// Both sentences, one behind the other.
  public static func + (left: MarkedText, right: MarkedText) -> MarkedText { "\(left)\(right)" }
}

extension MarkedText {
  /// Whether both read the same.
  public static func == (left: MarkedText, right: MarkedText) -> Bool { left.description == right.description }

  /// Hashes what is read.
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
