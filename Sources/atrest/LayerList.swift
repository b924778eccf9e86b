import ArgumentParser
import SnapshotVerification

/// The value of `--layers`: names of layers, separated by commas.
struct LayerList: ExpressibleByArgument {
  /// The layers named.
  let layers: Set<Layer>

  /// The layers that can be examined.
  static let examinable = Layer.allCases
  static let all = LayerList(layers: Set(examinable))

  init(layers: Set<Layer>) { self.layers = layers }

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    let layers = names.compactMap { name in Self.examinable.first { $0.rawValue == name } }
    guard !names.isEmpty, layers.count == names.count else { return nil }
    self.layers = Set(layers)
  }

  var defaultValueDescription: String {
    Self.examinable.filter(layers.contains).map(\.rawValue).joined(separator: ",")
  }
}
