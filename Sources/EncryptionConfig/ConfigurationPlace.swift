/// Where in the text of a configuration something stands.
public struct ConfigurationPlace: Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The way to it through members and elements, such as `resources[0].providers[1].aescbc.keys[0].secret`; empty for
  /// the document as a whole.
  public let path: String

  /// A place by its line and path.
  public init(line: Int, path: String) {
    self.line = line
    self.path = path
  }

  /// `line 7`, and behind a comma the path.
  public var description: String { path.isEmpty ? "line \(line)" : "line \(line), \(path)" }

  /// The member `name` of the mapping here.
  func member(_ name: String, line: Int? = nil) -> ConfigurationPlace {
    ConfigurationPlace(line: line ?? self.line, path: path.isEmpty ? name : "\(path).\(name)")
  }

  /// The element `index` of the list here.
  func element(_ index: Int, line: Int) -> ConfigurationPlace {
    ConfigurationPlace(line: line, path: "\(path)[\(index)]")
  }
}
