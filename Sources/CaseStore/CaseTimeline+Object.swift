import VerificationModel

extension CaseTimeline {
  /// All values of an object.
  init(_ object: SeenObject, _ contents: CaseContents) {
    var numbers: [ContentsMark: Int] = [:]
    let entries = object.values.map { value in
      var number: Int?
      if value.contents != .none {
        number = numbers[value.contents] ?? numbers.count + 1
        numbers[value.contents] = number
      }
      return Entry(
        revision: value.revision, valueClass: value.valueClass, encryption: contents.encryptions[value.encryption],
        authenticity: value.authenticity, valueBytes: value.valueBytes, contents: number,
        presences: Self.presences(value.spans, object.cluster.name))
    }
    let newest = contents.taken[object.cluster.number]?.count ?? 0
    self.init(
      object.object(contents.places), entries: entries, isLive: object.live(in: newest) != nil)
  }

  /// Layer by layer, each as long as it lasts; by first snapshot.
  private static func presences(_ spans: [SeenValue.Span], _ cluster: String) -> [Presence] {
    func id(_ number: Int) -> CaseSnapshot.ID { CaseSnapshot.ID(cluster: cluster, number: number) }
    var presences: [(first: Int, last: Int, layer: Layer?)] = []
    for span in spans {
      for layer in span.layers.layers {
        if let place = presences.lastIndex(where: { $0.layer == layer }), presences[place].last == span.first - 1 {
          presences[place].last = span.last
        } else {
          presences.append((span.first, span.last, layer))
        }
      }
    }
    return presences.map { Presence(layer: $0.layer, first: id($0.first), last: id($0.last)) }
  }
}
