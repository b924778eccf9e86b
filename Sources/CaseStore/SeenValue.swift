import EtcdStorage
import KubernetesStorage
import VerificationModel

/// One value of an object, and the snapshots that have it, by their numbers for users.
struct SeenValue {
  /// Snapshots, one after the other, that have it in the same layers.
  struct Span: Hashable {
    let layers: LayerSet
    let first: Int
    var last: Int
  }

  /// nil of an object without its row.
  let revision: Revision?
  let valueClass: ValueClass
  var authenticity: Authenticity
  /// The number of what it names as its key; 0: nothing.
  let encryption: UInt32
  /// The number of its resource and prefix.
  var place: UInt32
  let valueBytes: Int
  var contents: ContentsMark
  /// In order.
  var spans: [Span]

  /// The layers in which a snapshot has it.
  func layers(in number: Int) -> LayerSet {
    for span in spans where span.first <= number && number <= span.last { return span.layers }
    return []
  }

  /// Whether both may be the same row of the store: a snapshot may have been taken in with keys that open it, and another one
  /// without.
  func isSameRow(as other: SeenValue) -> Bool {
    revision != nil && revision == other.revision && valueClass == other.valueClass && encryption == other.encryption
      && valueBytes == other.valueBytes
  }

  /// Adds what is known of the same row by other snapshots.
  mutating func join(_ other: SeenValue) {
    authenticity = max(authenticity, other.authenticity)
    if contents == .none { contents = other.contents }
    spans = SpanSet.joined(spans, other.spans)
  }
}

/// Spans of snapshots.
enum SpanSet {
  /// The spans that runs are.
  ///
  /// - Parameter numbers: the number of each snapshot of the cluster, in the order in which they were taken in; nil where that
  ///   is the order of the numbers.
  static func spans(_ runs: [RowRuns.Run], _ numbers: [Int]?) -> [SeenValue.Span] {
    guard let numbers else { return runs.map { SeenValue.Span(layers: $0.layers, first: $0.first, last: $0.last) } }
    var layers = [LayerSet](repeating: [], count: numbers.count + 1)
    for run in runs { for ordinal in run.first...run.last { layers[numbers[ordinal - 1]] = run.layers } }
    return spans(layers)
  }

  /// The spans of two values that are one.
  static func joined(_ one: [SeenValue.Span], _ other: [SeenValue.Span]) -> [SeenValue.Span] {
    let last = (one + other).lazy.map(\.last).max() ?? 0
    var layers = [LayerSet](repeating: [], count: last + 1)
    for span in one + other { for number in span.first...span.last { layers[number].formUnion(span.layers) } }
    return spans(layers)
  }

  private static func spans(_ layers: [LayerSet]) -> [SeenValue.Span] {
    var spans: [SeenValue.Span] = []
    for (number, layers) in layers.enumerated() where !layers.isEmpty {
      if let span = spans.last, span.last == number - 1, span.layers == layers {
        spans[spans.count - 1].last = number
      } else {
        spans.append(SeenValue.Span(layers: layers, first: number, last: number))
      }
    }
    return spans
  }
}
