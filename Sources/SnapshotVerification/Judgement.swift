import EtcdStorage

/// What the keys tell of one value.
struct Judgement: Sendable {
  var authenticity = Authenticity.notJudged
  /// Where in the value the name of the key ends that decided; nil when none did.
  var nameEnd: Int?
  /// Where a moved value comes from, when it tells.
  var origin: EtcdKey?
}
