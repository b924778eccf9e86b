import VerificationModel

/// Which layers of a snapshot have a value.
struct LayerSet: OptionSet, Hashable {
  let rawValue: UInt8
  static let live = LayerSet(rawValue: 1)
  static let history = LayerSet(rawValue: 2)
  static let residue = LayerSet(rawValue: 4)
  /// A part of the file in which etcd keeps no objects.
  static let elsewhere = LayerSet(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ layer: Layer?) {
    self =
      switch layer {
      case .live: .live
      case .history: .history
      case .residue: .residue
      case nil: .elsewhere
      }
  }

  /// The layers, the one that most can read first; what lies elsewhere comes last.
  var layers: [Layer?] { Self.all.filter { contains(LayerSet($0)) } }

  private static let all: [Layer?] = [.live, .history, .residue, nil]
}
