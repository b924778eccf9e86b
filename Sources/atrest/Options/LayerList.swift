import ArgumentParser
import VerificationModel

/// The value of `--layers`: names of layers, separated by commas.
struct LayerList: CustomStringConvertible {
  /// The layers named.
  let layers: Set<Layer>

  /// The layers that can be examined.
  static let examinable = Layer.allCases
  static let all = LayerList(layers: Set(examinable))

  /// What a shell offers: each layer, and those that go on with the next one behind a comma.
  static let values: [String] = examinable.indices.reduce(into: []) { values, index in
    let name = examinable[index].rawValue
    values += [name] + values.map { "\($0),\(name)" }
  }

  init(layers: Set<Layer>) { self.layers = layers }

  /// Reads `argument`. Throws a clause that says what is wrong with it.
  init(argument: String) throws {
    var layers: Set<Layer> = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.drop { $0 == " " }
      guard let layer = Self.examinable.first(where: { $0.rawValue == name }) else {
        throw ValidationError(Self.complaint(about: String(name)))
      }
      guard layers.insert(layer).inserted else { throw ValidationError("'\(name)' is named twice") }
    }
    self.layers = layers
  }

  private static func complaint(about name: String) -> String {
    let names = "write live, history or residue, or several of them separated by commas"
    switch name {
    case "": return "a layer has no name: \(names)"
    case "all": return "'all' is no layer: without --layers all three are examined"
    default: return "'\(name)' is no layer: \(names)"
    }
  }

  var description: String {
    Self.examinable.filter(layers.contains).map(\.rawValue).joined(separator: ",")
  }
}
